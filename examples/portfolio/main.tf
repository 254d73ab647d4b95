# A portfolio as one table: a domain is one line, and a change of mind one word.

terraform {
  required_providers {
    registrar = { source = "seed-9d79c00c/registrar" }
  }
}

provider "registrar" {}

locals {
  # Whether each domain renews. Nothing here has a default: either value can cost something.
  domains = {
    "example.com" = true
    "example.net" = true
    "example.org" = false # the campaign is over
    "münchen.de"  = true  # Unicode, or "xn--mnchen-3ya.de": both are the same domain
  }
}

resource "registrar_domain_settings" "portfolio" {
  for_each = local.domains

  domain_name = each.key
  auto_renew  = each.value
}

# What is in the account but not in the table, in ASCII form.
data "registrar_domains" "account" {}

output "unmanaged" {
  value = setsubtract(
    data.registrar_domains.account.domains[*].id,
    [for settings in registrar_domain_settings.portfolio : settings.id],
  )
}
