# Takes every domain of the account under management, each as it is. Works from Terraform 1.7 and
# OpenTofu 1.7 on; needs one request for each fifty domains, and changes nothing at the registrar.

terraform {
  required_providers {
    registrar = { source = "seed-9d79c00c/registrar" }
  }
}

provider "registrar" {}

data "registrar_domains" "all" {}

locals {
  domains = { for domain in data.registrar_domains.all.domains : domain.domain_name => domain }
}

import {
  for_each = local.domains
  to       = registrar_domain_settings.all[each.key]
  id       = each.value.id
}

resource "registrar_domain_settings" "all" {
  for_each = local.domains

  domain_name = each.key
  auto_renew  = each.value.auto_renew
}

# The table to go on with: see the guide "Adopt every domain of an account".
output "table" {
  value = { for name, domain in local.domains : name => domain.auto_renew }
}
