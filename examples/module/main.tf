# A module as a platform team might offer it to others: whether a domain renews follows from what it is for.

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
  description = "production, or campaign: only the former renews."

  validation {
    condition     = contains(["production", "campaign"], var.purpose)
    error_message = "purpose is production or campaign."
  }
}

resource "registrar_domain_settings" "this" {
  domain_name = var.domain_name
  auto_renew  = var.purpose == "production"
}

output "expires_on" {
  description = "The day on which the domain expires, or null while its registration is pending."
  value       = try(formatdate("YYYY-MM-DD", registrar_domain_settings.this.expires_at), null)
}
