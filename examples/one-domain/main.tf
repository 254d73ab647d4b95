terraform {
  required_providers {
    registrar = {
      source  = "seed-9d79c00c/registrar"
      version = "~> 0.1"
    }
  }
}

# The token comes from CLOUDFLARE_API_TOKEN, the account from CLOUDFLARE_ACCOUNT_ID.
provider "registrar" {}

resource "registrar_domain_settings" "example" {
  domain_name = "example.com"
  auto_renew  = true
}

output "example" {
  value = {
    status     = registrar_domain_settings.example.status
    expires_at = registrar_domain_settings.example.expires_at
    locked     = registrar_domain_settings.example.locked
  }
}
