# Takes a domain over from cloudflare_registrar_domain. Works from Terraform 1.8 and OpenTofu 1.10 on.

terraform {
  required_version = ">= 1.8"

  required_providers {
    # The CLI reads the old state with it. It can go once the move is applied.
    cloudflare = {
      source = "cloudflare/cloudflare"
    }
    registrar = {
      source  = "seed-9d79c00c/registrar"
      version = "~> 0.1"
    }
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
