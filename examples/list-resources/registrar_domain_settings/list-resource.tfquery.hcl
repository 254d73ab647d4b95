# Every domain of the provider's account
list "registrar_domain_settings" "all" {
  provider = registrar
}

# Domains with auto-renew off that expire before 2028, with all attributes
list "registrar_domain_settings" "lapsing" {
  provider         = registrar
  include_resource = true

  config {
    auto_renew     = false
    statuses       = ["active"]
    expires_before = "2028-01-01T00:00:00Z"
  }
}
