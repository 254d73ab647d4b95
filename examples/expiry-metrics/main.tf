# Expiry dates and auto-renew of all domains in the account, as a file for the textfile collector of Prometheus's
# node_exporter:
#
#   terraform output -raw metrics > domains.prom.new && mv domains.prom.new domains.prom

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

data "registrar_domains" "all" {}

locals {
  domains = data.registrar_domains.all.domains

  # Backslash, quote and newline are escaped in label values.
  labels = [for d in local.domains : { for name, value in { account = d.account_id, domain = d.domain_name, status = coalesce(d.status, "unknown") } :
    name => replace(replace(replace(value, "\\", "\\\\"), "\"", "\\\""), "\n", "\\n")
  }]

  # Terraform has no function for Unix time. Years start in March here, so that a leap day is the last day.
  dates = [for d in local.domains : d.expires_at == null ? null : {
    year   = formatdate("YYYY", d.expires_at) - (formatdate("M", d.expires_at) < 3 ? 1 : 0)
    month  = (formatdate("M", d.expires_at) + 9) % 12
    day    = formatdate("D", d.expires_at)
    second = 3600 * formatdate("h", d.expires_at) + 60 * formatdate("m", d.expires_at) + formatdate("s", d.expires_at)
  }]

  # The months before t.month have floor((306 * t.month + 5) / 10) days. 1970-01-01 is day 719,469.
  unix = [for t in local.dates : t == null ? null : t.second + 86400 * (
    365 * t.year + floor(t.year / 4) - floor(t.year / 100) + floor(t.year / 400) + floor((306 * t.month + 5) / 10) + t.day - 719469
  )]

  lines = flatten([
    "# HELP registrar_domain_expiry_timestamp_seconds When the registration of the domain expires, in Unix time.",
    "# TYPE registrar_domain_expiry_timestamp_seconds gauge",
    [for i, l in local.labels : format("registrar_domain_expiry_timestamp_seconds{account=\"%s\",domain=\"%s\"} %d", l.account, l.domain, local.unix[i]) if local.unix[i] != null],
    "# HELP registrar_domain_auto_renew Whether auto-renew of the domain is on (1) or off (0).",
    "# TYPE registrar_domain_auto_renew gauge",
    [for i, l in local.labels : format("registrar_domain_auto_renew{account=\"%s\",domain=\"%s\"} %d", l.account, l.domain, local.domains[i].auto_renew ? 1 : 0)],
    "# HELP registrar_domain_status The status of the domain, in the label status. The value is always 1.",
    "# TYPE registrar_domain_status gauge",
    [for i, l in local.labels : format("registrar_domain_status{account=\"%s\",domain=\"%s\",status=\"%s\"} 1", l.account, l.domain, l.status)],
  ])
}

# Sensitive only to keep the text off the screen.
output "metrics" {
  sensitive = true
  value     = join("", [for line in local.lines : "${line}\n"])
}
