# Every domain of an account. The first apply imports all domains with their settings, and changes none of them.
# A table in domains.auto.tfvars then lists the managed domains and their settings:
#
#   printf 'domains = %s\n' "$(terraform output managed)" >domains.auto.tfvars

terraform {
  required_version = ">= 1.7" # for_each in import blocks

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
  default     = null
  description = "Auto-renew of each domain, by name. Without a table, every domain keeps its setting. true authorizes charges."
}

data "registrar_domains" "account" {}

locals {
  held    = { for domain in data.registrar_domains.account.domains : domain.domain_name => domain }
  domains = coalesce(var.domains, { for name, domain in local.held : name => domain.auto_renew })
}

import {
  for_each = local.domains
  to       = registrar_domain_settings.all[each.key]
  id       = each.key
}

resource "registrar_domain_settings" "all" {
  for_each = local.domains

  domain_name = each.key
  auto_renew  = each.value
}

output "managed" {
  value = { for name, settings in registrar_domain_settings.all : name => settings.auto_renew }
}

# Domains that the account holds but the table doesn't list.
output "unmanaged" {
  value = {
    for name, domain in local.held : name => domain.auto_renew
    if !contains([for settings in registrar_domain_settings.all : settings.id], domain.id)
  }
}
