# Warns in every plan and apply of domains that are about to be lost, or have expired.

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

# All domains of the account, also those that this configuration does not manage.
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
  # Cloudflare tries to renew from 30 days before the date on, and a renewal moves the date.
  unrenewed = [for d in local.soon : "${d.name} expires on ${d.day}" if !d.expired && d.renews && d.late]
}

check "no_domain_is_lost_unseen" {
  assert {
    condition     = length(local.expired) == 0
    error_message = "Auto-renew does not bring these back; renew or restore them by hand: ${join(", ", local.expired)}."
  }

  assert {
    condition     = length(local.lapsing) == 0
    error_message = "Auto-renew is off; turn it on, or renew by hand: ${join(", ", local.lapsing)}."
  }

  assert {
    condition     = length(local.unrenewed) == 0
    error_message = "Auto-renew is on, but has not renewed these yet; look whether the payment failed: ${join(", ", local.unrenewed)}."
  }
}
