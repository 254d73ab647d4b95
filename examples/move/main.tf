# Moves a domain from cloudflare_registrar_domain. Needs Terraform 1.8 or OpenTofu 1.10.

terraform {
  required_version = ">= 1.8"

  required_providers {
    # Terraform reads the old state with it. Remove it after the move.
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
