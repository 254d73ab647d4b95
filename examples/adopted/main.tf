# After examples/adopt: the same resources, but what is wanted now stands in a file of its own,
# domains.auto.tfvars.json, instead of following whatever the account has.

terraform {
  required_providers {
    registrar = { source = "seed-9d79c00c/registrar" }
  }
}

provider "registrar" {}

variable "domains" {
  type        = map(bool)
  description = "Whether each domain renews. Turning one on authorises charges."
}

resource "registrar_domain_settings" "all" {
  for_each = var.domains

  domain_name = each.key
  auto_renew  = each.value
}
