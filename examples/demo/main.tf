# What `make demo` applies: three domains that the account holds already, each with auto-renew off.

terraform {
  required_providers {
    registrar = {
      source = "seed-9d79c00c/registrar"
    }
  }
}

# CLOUDFLARE_API_TOKEN and CLOUDFLARE_ACCOUNT_ID come from the environment.
provider "registrar" {}

# The registrar makes this change at once.
resource "registrar_domain_settings" "fast" {
  domain_name = "example.com"
  auto_renew  = true
}

# This change takes 8 seconds. The apply waits until the registration shows it.
resource "registrar_domain_settings" "slow" {
  domain_name = "example.net"
  auto_renew  = true
}

# This change is rejected, until its owner removes the cause.
resource "registrar_domain_settings" "failing" {
  domain_name = "example.org"
  auto_renew  = true
}
