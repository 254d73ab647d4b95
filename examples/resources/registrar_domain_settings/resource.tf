# A domain that the account holds already. Applying this authorises charges for its renewals.
resource "registrar_domain_settings" "shop" {
  domain_name = "example.com"
  auto_renew  = true
}

# A domain that shall lapse, with more patience for the registrar than the default 20 minutes.
resource "registrar_domain_settings" "campaign" {
  domain_name = "example.net"
  auto_renew  = false

  timeouts = {
    create = "1h"
    update = "1h"
  }
}
