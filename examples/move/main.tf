# Takes a domain over from cloudflare_registrar_domain. Works from Terraform 1.8 and OpenTofu 1.10 on.

terraform {
  required_providers {
    # The CLI reads the old state with it. It can go once the move is applied.
    cloudflare = { source = "cloudflare/cloudflare" }
    registrar  = { source = "seed-9d79c00c/registrar" }
  }
}

provider "registrar" {}

moved {
  from = cloudflare_registrar_domain.example
  to   = registrar_domain_settings.example
}

resource "registrar_domain_settings" "example" {
  domain_name = "example.com"
  auto_renew  = true
}
