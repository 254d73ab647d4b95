# The account already holds both domains.
resource "registrar_domain_settings" "shop" {
  domain_name = "example.com"
  auto_renew  = true # authorizes charges for renewals
}

resource "registrar_domain_settings" "campaign" {
  domain_name = "example.net"
  auto_renew  = false # the domain will expire
}
