# Warns in every plan and apply while a domain expires within 45 days and nothing renews it.

terraform {
  required_providers {
    registrar = { source = "seed-9d79c00c/registrar" }
  }
}

provider "registrar" {}

# All domains of the account, also those that this configuration does not manage.
data "registrar_domains" "lapsing" {
  auto_renew     = false
  expires_before = timeadd(plantimestamp(), "${45 * 24}h")
}

check "no_domain_lapses_unseen" {
  assert {
    condition = length(data.registrar_domains.lapsing.domains) == 0
    error_message = "These domains are lost unless auto-renew is turned on or somebody renews them: ${join(", ", [
      for domain in data.registrar_domains.lapsing.domains : "${domain.domain_name} (${domain.expires_at})"
    ])}."
  }
}
