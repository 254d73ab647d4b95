# Every domain of the provider's account.
list "registrar_domain_settings" "all" {
  provider = registrar
}

# Domains that lapse before 2028, with all that the registrar says of them.
list "registrar_domain_settings" "lapsing" {
  provider         = registrar
  include_resource = true

  config {
    auto_renew     = false
    statuses       = ["active"]
    expires_before = "2028-01-01T00:00:00Z"
  }
}
