# A platform team's module: a domain's purpose determines its auto-renew.

terraform {
  required_providers {
    registrar = {
      source  = "seed-9d79c00c/registrar"
      version = "~> 0.1"
    }
  }
}

variable "domain_name" {
  type        = string
  description = "A domain that the account holds at Cloudflare Registrar."
}

variable "purpose" {
  type        = string
  description = "production (auto-renew on) or campaign (off)"

  validation {
    condition     = contains(["production", "campaign"], var.purpose)
    error_message = "purpose must be production or campaign."
  }
}

resource "registrar_domain_settings" "this" {
  domain_name = var.domain_name
  auto_renew  = var.purpose == "production"
}

output "expires_on" {
  description = "The expiry date, or null while the registration is pending."
  value       = try(formatdate("YYYY-MM-DD", registrar_domain_settings.this.expires_at), null)
}
