# A domain with auto-renew on. An import only reads.

import {
  to = registrar_domain_settings.existing
  id = "example.edu"
}

resource "registrar_domain_settings" "existing" {
  domain_name = "example.edu"
  auto_renew  = true
}
