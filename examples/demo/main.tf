# The configuration of `make demo`: three domains of the account, with auto-renew off.

terraform {
  required_providers {
    registrar = {
      source = "seed-9d79c00c/registrar"
    }
  }
}

# CLOUDFLARE_API_TOKEN and CLOUDFLARE_ACCOUNT_ID come from the environment.
provider "registrar" {}

# This change succeeds at once.
resource "registrar_domain_settings" "fast" {
  domain_name = "example.com"
  auto_renew  = true
}

# This change takes 8 seconds, and the apply waits for it.
resource "registrar_domain_settings" "slow" {
  domain_name = "example.net"
  auto_renew  = true
}

# The registry rejects this change until someone removes the cause.
resource "registrar_domain_settings" "failing" {
  domain_name = "example.org"
  auto_renew  = true
}
