# What `make demo` applies. It is an ordinary configuration: with a real account, and domains that the
# account holds, it would work as it stands.

terraform {
  required_providers {
    registrar = {
      source = "seed-9d79c00c/registrar"
    }
  }
}

# The token, the account and, for the demo, the address of the fake registrar come from the environment:
# CLOUDFLARE_API_TOKEN, CLOUDFLARE_ACCOUNT_ID and CLOUDFLARE_BASE_URL.
provider "registrar" {}

# Each of these domains is registered already. The resource adopts it; it never buys one.

# The registrar makes this change at once.
resource "registrar_domain_settings" "fast" {
  domain_name = "example.com"
  auto_renew  = true
}

# This change takes the registrar some seconds. The apply waits until the registration shows it.
resource "registrar_domain_settings" "slow" {
  domain_name = "example.net"
  auto_renew  = true
}

# This change is rejected, until its owner removes the cause.
resource "registrar_domain_settings" "failing" {
  domain_name = "example.org"
  auto_renew  = true

  # How long an apply may wait for the registrar. Left out, it is 20 minutes.
  timeouts = {
    create = "10m"
    update = "10m"
  }
}
