# A domain whose auto-renew is on already. An import only reads.

import {
  to = registrar_domain_settings.existing
  id = "example.edu"
}

resource "registrar_domain_settings" "existing" {
  domain_name = "example.edu"
  auto_renew  = true
}
