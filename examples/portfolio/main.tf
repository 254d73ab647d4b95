# The domains of an account as one table. Start with an empty table and `terraform apply`: the output
# "unmanaged" is then the table of all that the account holds, ready to be taken over.
#
# Each domain is imported before it is managed, so that a plan shows only what changes.

terraform {
  required_version = ">= 1.7" # for for_each in the import block

  required_providers {
    registrar = {
      source  = "seed-9d79c00c/registrar"
      version = "~> 0.1"
    }
  }
}

provider "registrar" {}

variable "domains" {
  type        = map(bool)
  default     = {}
  description = "Whether each domain renews, by name in Unicode or ASCII form. Turning one on authorises charges."
}

data "registrar_domains" "account" {}

import {
  for_each = var.domains
  to       = registrar_domain_settings.all[each.key]
  id       = each.key
}

resource "registrar_domain_settings" "all" {
  for_each = var.domains

  domain_name = each.key
  auto_renew  = each.value
}

# What the account holds beyond the table, each with the setting that it has.
output "unmanaged" {
  value = {
    for domain in data.registrar_domains.account.domains : domain.domain_name => domain.auto_renew
    if !contains([for settings in registrar_domain_settings.all : settings.id], domain.id)
  }
}
