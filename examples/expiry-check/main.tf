# Warns in every plan and apply about domains that have expired, or that will expire without a renewal.

terraform {
  required_version = ">= 1.5"

  required_providers {
    registrar = {
      source  = "seed-9d79c00c/registrar"
      version = "~> 0.1"
    }
  }
}

provider "registrar" {}

# All domains in the account, including those that this configuration doesn't manage.
data "registrar_domains" "soon" {
  expires_before = timeadd(plantimestamp(), "${45 * 24}h")
}

locals {
  soon = [for d in data.registrar_domains.soon.domains : {
    name    = d.unicode_name
    day     = formatdate("YYYY-MM-DD", d.expires_at)
    renews  = d.auto_renew
    expired = timecmp(d.expires_at, plantimestamp()) <= 0
    late    = timecmp(d.expires_at, timeadd(plantimestamp(), "${14 * 24}h")) <= 0
  }]

  expired = [for d in local.soon : "${d.name} expired on ${d.day}" if d.expired]
  lapsing = [for d in local.soon : "${d.name} expires on ${d.day}" if !d.expired && !d.renews]
  # Cloudflare tries to renew in the 30 days before the date, and a renewal moves the date.
  unrenewed = [for d in local.soon : "${d.name} expires on ${d.day}" if !d.expired && d.renews && d.late]
}

check "domains_renew" {
  assert {
    condition     = length(local.expired) == 0
    error_message = "Auto-renew no longer applies. Renew or restore these manually: ${join(", ", local.expired)}."
  }

  assert {
    condition     = length(local.lapsing) == 0
    error_message = "Auto-renew is off. Turn it on, or renew these manually: ${join(", ", local.lapsing)}."
  }

  assert {
    condition     = length(local.unrenewed) == 0
    error_message = "Auto-renew is on, but has not renewed these yet. Check the payment method: ${join(", ", local.unrenewed)}."
  }
}
