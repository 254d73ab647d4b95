// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"archive/zip"
	"bytes"
	"cmp"
	"compress/flate"
	"crypto/sha256"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"testing/fstest"

	"github.com/ProtonMail/go-crypto/openpgp"
	"github.com/ProtonMail/go-crypto/openpgp/armor"
)

// registry serves a signed release of a substitute for cloudflare/cloudflare, in place of the CLI's public registry. It
// returns a block for the CLI configuration, and the file for SSL_CERT_FILE. It follows
// https://developer.hashicorp.com/terraform/internals/provider-registry-protocol.
func registry(t *testing.T) (host, certificate string) {
	t.Helper()
	const archive, sums, provider = "cloudflare.zip", "SHA256SUMS", "v1/providers/cloudflare/cloudflare/"
	packed := packedSelf(t, "terraform-provider-cloudflare_v5.20.0")
	sum := fmt.Sprintf("%x", sha256.Sum256(packed))
	signature, key := signed(t, []byte(sum+"  "+archive+"\n"))
	download, err := json.Marshal(map[string]any{
		"protocols": []string{"6.0"}, "os": runtime.GOOS, "arch": runtime.GOARCH, "filename": archive, "download_url": "/" + archive, "shasum": sum,
		"shasums_url": "/" + sums, "shasums_signature_url": "/" + sums + ".sig", "signing_keys": map[string]any{"gpg_public_keys": []any{key}},
	})
	versions, failed := json.Marshal(map[string]any{"versions": []any{map[string]any{"version": "5.20.0", "protocols": []string{"6.0"}, "platforms": []any{map[string]any{"os": runtime.GOOS, "arch": runtime.GOARCH}}}}})
	server := httptest.NewTLSServer(http.FileServerFS(fstest.MapFS{
		archive: {Data: packed}, sums: {Data: []byte(sum + "  " + archive + "\n")}, sums + ".sig": {Data: signature}, provider + "versions": {Data: versions},
		provider + "5.20.0/download/" + runtime.GOOS + "/" + runtime.GOARCH: {Data: download},
	}))
	t.Cleanup(server.Close)
	certificate = filepath.Join(t.TempDir(), "registry.pem")
	written := os.WriteFile(certificate, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}), 0o600)
	if err := cmp.Or(err, failed, written); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("host %q {\n  services = {\n    \"providers.v1\" = \"%s/v1/providers/\"\n  }\n}\n", registryHost(), server.URL), certificate
}

// packedSelf returns a zip of this test binary under another name: see TestMain.
func packedSelf(t *testing.T, name string) []byte {
	t.Helper()
	self, err := os.Executable()
	binary, failed := os.ReadFile(self)
	var packed bytes.Buffer
	archive := zip.NewWriter(&packed)
	archive.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) { return flate.NewWriter(out, flate.BestSpeed) })
	added := archive.AddFS(fstest.MapFS{name: {Data: binary, Mode: 0o755}})
	if err := cmp.Or(err, failed, added, archive.Close()); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

// signed returns a signature by a new key, and the public key in the registry's format.
func signed(t *testing.T, content []byte) (signature []byte, published any) {
	t.Helper()
	key, err := openpgp.NewEntity("Made for one test", "", "test@example.com", nil)
	if err != nil {
		t.Fatal(err)
	}
	var detached, public bytes.Buffer
	armored, err := armor.Encode(&public, openpgp.PublicKeyType, nil)
	if err := cmp.Or(err, openpgp.DetachSign(&detached, key, bytes.NewReader(content), nil), key.Serialize(armored), armored.Close()); err != nil {
		t.Fatal(err)
	}
	return detached.Bytes(), map[string]any{"key_id": key.PrimaryKey.KeyIdString(), "ascii_armor": public.String()}
}
