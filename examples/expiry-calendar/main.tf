# Every expiry date of the account, as a calendar to subscribe to and as a page to look at:
#
#   terraform output -raw calendar > domains.ics
#   terraform output -raw page > domains.html
#
# Neither says which day it is today. So both change only when a domain does, and a plan stays empty until then.

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
  description = "What to say of a domain beside its date, such as its owner, by domain name in ASCII form."
}

data "registrar_domains" "all" {}

locals {
  lapsed = ["expired", "redemption_period", "pending_delete"]

  # A domain has no date while its registration is pending.
  dated = { for d in data.registrar_domains.all.domains : "${d.expires_at} ${d.domain_name}" => d if d.expires_at != null }

  # By date. Where auto-renew is on, Cloudflare tries from 30 days before the date on, and a renewal
  # moves the date: whoever still sees the old one 14 days before has a renewal that failed so far.
  domains = [for key in sort(keys(local.dated)) : merge(local.dated[key], {
    date  = formatdate("YYYY-MM-DD", local.dated[key].expires_at)
    state = contains(local.lapsed, coalesce(local.dated[key].status, "active")) ? "expired" : local.dated[key].auto_renew ? "on" : "off"
    alarm = local.dated[key].auto_renew ? "-P14D" : "-P30D"
    # The ASCII form stands beside a name that has another one.
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
    expired = "Auto-renew does not bring it back. Renew or restore it by hand."
    on      = "Cloudflare tries to renew it in the 30 days before. If it still has this date 14 days before, look whether the payment failed."
    off     = "It is lost unless auto-renew is turned on or somebody renews it before."
  }
}

# The calendar, by RFC 5545.
locals {
  # The stamp is the day of registration, because it must not change from run to run; the sequence
  # grows with each renewal. In a text, a backslash stands before backslash, comma and semicolon.
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

  # A line has at most 75 octets. HCL counts characters, so each character is given a filler for each
  # octet beyond its first. A cut may part a character from its fillers, at most three of them:
  # 71 characters, those three and the space of a continued line are 75 octets.
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

  # Months are counted from year 0, so that they can be compared and counted through.
  months   = [for d in local.domains : 12 * substr(d.date, 0, 4) + substr(d.date, 5, 2) - 1]
  first    = try(min(local.months...), 0)
  last     = try(max(local.months...), -1)
  by_month = { for i, d in local.rows : local.months[i] => d... }

  # Two years at most, or a domain that is paid for ten would flatten the rest.
  chart = [for month in range(local.first, min(local.last, local.first + 23) + 1) : {
    date = format("%04d-%02d-01T00:00:00Z", floor(month / 12), month % 12 + 1)
    count = { for state in keys(local.title) :
      state => length([for d in lookup(local.by_month, month, []) : d if d.state == state])
    }
  }]
}

# Sensitive only to keep both off the screen: `terraform output -raw` prints them all the same.
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
