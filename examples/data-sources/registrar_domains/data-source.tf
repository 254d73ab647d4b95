# Every domain with auto-renew off that expires before 2028
data "registrar_domains" "lapsing" {
  auto_renew     = false
  statuses       = ["active"]
  expires_before = "2028-01-01T00:00:00Z"
}

output "lapsing" {
  value = { for domain in data.registrar_domains.lapsing.domains : domain.domain_name => domain.expires_at }
}
