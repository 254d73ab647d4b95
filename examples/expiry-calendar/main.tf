# All expiry dates in the account, as a calendar and a web page:
#
#   terraform output -raw calendar > domains.ics
#   terraform output -raw page > domains.html
#
# Neither contains today's date, so a plan is empty until a domain changes.

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

variable "notes" {
  type        = map(string)
  default     = {}
  description = "Notes by domain name in ASCII form, such as the owner of a domain."
}

data "registrar_domains" "all" {}

locals {
  lapsed = ["expired", "redemption_period", "pending_delete"]

  # A domain has no date while its registration is pending.
  dated = { for d in data.registrar_domains.all.domains : "${d.expires_at} ${d.domain_name}" => d if d.expires_at != null }

  # Ordered by date. With auto-renew on, Cloudflare tries to renew in the last 30 days, and a renewal moves the
  # date. If it hasn't moved with 14 days left, no attempt has succeeded.
  domains = [for key in sort(keys(local.dated)) : merge(local.dated[key], {
    date  = formatdate("YYYY-MM-DD", local.dated[key].expires_at)
    state = contains(local.lapsed, coalesce(local.dated[key].status, "active")) ? "expired" : local.dated[key].auto_renew ? "on" : "off"
    alarm = local.dated[key].auto_renew ? "-P14D" : "-P30D"
    # The ASCII form, if it differs from the name.
    note = join(": ", compact([
      local.dated[key].unicode_name == local.dated[key].domain_name ? "" : local.dated[key].domain_name,
      lookup(var.notes, local.dated[key].domain_name, ""),
    ]))
  })]

  title = {
    expired = "has expired"
    on      = "expires (auto-renew is on)"
    off     = "expires (auto-renew is off)"
  }
  advice = {
    expired = "Auto-renew no longer applies. Renew or restore it manually."
    on      = "Cloudflare tries to renew it in the 30 days before this date. If the date has not moved with 14 days left, check the payment method."
    off     = "Turn auto-renew on or renew it manually before this date, or you lose it."
  }
}

# The calendar, in the format of RFC 5545.
locals {
  # DTSTAMP is the time of registration, so it never changes. SEQUENCE grows with each renewal.
  # Backslashes, commas and semicolons are escaped in text.
  events = [for d in local.domains : [
    "BEGIN:VEVENT",
    "UID:${uuidv5("dns", "expiry.${d.domain_name}")}",
    "DTSTAMP:${formatdate("YYYYMMDD'T'hhmmss'Z'", coalesce(d.created_at, d.expires_at))}",
    "SEQUENCE:${formatdate("YYYY", d.expires_at) - formatdate("YYYY", coalesce(d.created_at, d.expires_at))}",
    "DTSTART;VALUE=DATE:${formatdate("YYYYMMDD", d.expires_at)}",
    "SUMMARY:${d.unicode_name} ${local.title[d.state]}",
    "DESCRIPTION:${replace(replace(trimspace("${local.advice[d.state]}\n${d.note}"), "/([\\\\,;])/", "\\$1"), "/\r?\n/", "\\n")}",
    "URL:https://dash.cloudflare.com/${d.account_id}/registrar/domains",
    "TRANSP:TRANSPARENT",
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    "DESCRIPTION:${d.unicode_name} ${local.title[d.state]}",
    "TRIGGER:${d.alarm}",
    "END:VALARM",
    "END:VEVENT",
  ]]

  lines = flatten([
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//terraform-provider-registrar//expiry-calendar//EN",
    "X-WR-CALNAME:Domain expiry",
    local.events,
    "END:VCALENDAR",
  ])

  # A line has at most 75 octets, but HCL counts characters. So each character gets a filler for each octet after its
  # first. A cut can separate a character from up to three fillers: 71 characters, three fillers and the space of a
  # continued line are 75 octets.
  padded = [for line in local.lines : replace(replace(replace(line,
    "/[\\x{80}-\\x{7ff}]/", "\u0001$0"), "/[\\x{800}-\\x{ffff}]/", "\u0001\u0001$0"), "/[\\x{10000}-\\x{10ffff}]/", "\u0001\u0001\u0001$0"
  )]
  folded = [for line in local.padded : replace(join("\r\n ", regexall(".{1,71}", line)), "\u0001", "")]
}

# The page.
locals {
  rows = [for d in local.domains : merge(d, { for field in ["unicode_name", "note"] :
    field => replace(replace(replace(d[field], "&", "&amp;"), "<", "&lt;"), ">", "&gt;")
  })]

  # Months since year 0.
  months   = [for d in local.domains : 12 * substr(d.date, 0, 4) + substr(d.date, 5, 2) - 1]
  first    = try(min(local.months...), 0)
  last     = try(max(local.months...), -1)
  by_month = { for i, d in local.rows : local.months[i] => d... }

  # At most two years, so that a domain registered for ten years doesn't flatten the chart.
  chart = [for month in range(local.first, min(local.last, local.first + 23) + 1) : {
    date = format("%04d-%02d-01T00:00:00Z", floor(month / 12), month % 12 + 1)
    count = { for state in keys(local.title) :
      state => length([for d in lookup(local.by_month, month, []) : d if d.state == state])
    }
  }]
}

# Sensitive only to keep them off the screen. `terraform output -raw` prints them.
output "calendar" {
  sensitive = true
  value     = join("", [for line in local.folded : "${line}\r\n"])
}

output "page" {
  sensitive = true
  value = templatefile("${path.module}/page.html.tftpl", {
    months  = [for month in distinct(local.months) : local.by_month[month]]
    chart   = local.chart
    tallest = max(1, [for month in local.chart : sum(values(month.count))]...)
    count   = { for state in keys(local.title) : state => length([for d in local.domains : d if d.state == state]) }
    total   = length(local.domains)
    pending = [for d in data.registrar_domains.all.domains : d.domain_name if d.expires_at == null]
  })
}
