// Copyright (c) The terraform-provider-registrar authors
// SPDX-License-Identifier: MPL-2.0

package acceptance_test

import (
	"archive/zip"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"testing"
	"testing/fstest"

	"github.com/ProtonMail/go-crypto/openpgp"
	"github.com/ProtonMail/go-crypto/openpgp/armor"
)

// here is the platform of this machine, in the form of a release's archives.
const here = runtime.GOOS + "_" + runtime.GOARCH

// pack returns a release of this test binary, which also serves the providers: one archive and its checksum.
func pack(t *testing.T, provider, version string) fstest.MapFS {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	binary, err := os.ReadFile(self)
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	archive := zip.NewWriter(&packed)
	header := &zip.FileHeader{Name: "terraform-provider-" + provider + "_v" + version} // stored: compression takes seconds
	header.SetMode(0o755)
	file, err := archive.CreateHeader(header)
	if err == nil {
		_, err = file.Write(binary)
	}
	if err := cmp.Or(err, archive.Close()); err != nil {
		t.Fatal(err)
	}
	prefix := "terraform-provider-" + provider + "_" + version + "_"
	name := prefix + here + ".zip"
	return fstest.MapFS{
		name:                  {Data: packed.Bytes()},
		prefix + "SHA256SUMS": {Data: fmt.Appendf(nil, "%x  %s\n", sha256.Sum256(packed.Bytes()), name)},
	}
}

// registry serves one release in place of the CLI's public registry.
type registry struct {
	config      string // for the CLI configuration
	certificate string // file for SSL_CERT_FILE
	platforms   []string
}

// publish signs a release with a new key, and starts a registry that serves it. The documents are those of
// https://developer.hashicorp.com/terraform/internals/provider-registry-protocol.
func publish(t *testing.T, namespace, provider, version string, files fstest.MapFS) (r registry) {
	t.Helper()
	if runtime.GOOS == "darwin" {
		t.Skip("Go programs on macOS ignore SSL_CERT_FILE") //nolint:forbidigo // CI runs Linux
	}
	prefix := "terraform-provider-" + provider + "_" + version + "_"
	sums := files[prefix+"SHA256SUMS"].Data
	signature, key := sign(t, sums)
	files[prefix+"SHA256SUMS.sig"] = &fstest.MapFile{Data: signature}
	document := func(path string, content any) {
		text, err := json.Marshal(content)
		if err != nil {
			t.Fatal(err)
		}
		files["v1/providers/"+namespace+"/"+provider+"/"+path] = &fstest.MapFile{Data: text}
	}
	protocols := protocols(t)
	var listed []map[string]string
	for _, found := range regexp.MustCompile(`(\w+)  (`+regexp.QuoteMeta(prefix)+`((\w+)_(\w+))\.zip)\n`).FindAllStringSubmatch(string(sums), -1) {
		r.platforms = append(r.platforms, found[3])
		listed = append(listed, map[string]string{"os": found[4], "arch": found[5]})
		document(version+"/download/"+found[4]+"/"+found[5], map[string]any{
			"protocols": protocols, "os": found[4], "arch": found[5], "filename": found[2], "download_url": "/" + found[2], "shasum": found[1],
			"shasums_url": "/" + prefix + "SHA256SUMS", "shasums_signature_url": "/" + prefix + "SHA256SUMS.sig", "signing_keys": key,
		})
	}
	document("versions", map[string]any{"versions": []any{map[string]any{"version": version, "protocols": protocols, "platforms": listed}}})
	server := httptest.NewTLSServer(http.FileServerFS(files))
	t.Cleanup(server.Close)
	r.config = fmt.Sprintf("host %q {\n  services = {\n    \"providers.v1\" = \"%s/v1/providers/\"\n  }\n}\n", registryHost(), server.URL)
	r.certificate = filepath.Join(t.TempDir(), "registry.pem")
	if err := os.WriteFile(r.certificate, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	return r
}

// protocols are the protocol versions in the manifest of a release.
func protocols(t *testing.T) json.RawMessage {
	t.Helper()
	var manifest struct {
		Metadata struct {
			Versions json.RawMessage `json:"protocol_versions"`
		} `json:"metadata"`
	}
	text, err := os.ReadFile("../../terraform-registry-manifest.json")
	if err := cmp.Or(err, json.Unmarshal(text, &manifest)); err != nil {
		t.Fatal(err)
	}
	return manifest.Metadata.Versions
}

// sign returns a signature by a new key, and the key as a registry publishes it.
func sign(t *testing.T, content []byte) (signature []byte, published any) {
	t.Helper()
	key, err := openpgp.NewEntity("Made for one test", "", "test@example.com", nil)
	if err != nil {
		t.Fatal(err)
	}
	var signed, public bytes.Buffer
	err = openpgp.DetachSign(&signed, key, bytes.NewReader(content), nil)
	armored, failed := armor.Encode(&public, openpgp.PublicKeyType, nil)
	if err := cmp.Or(err, failed, key.Serialize(armored), armored.Close()); err != nil {
		t.Fatal(err)
	}
	return signed.Bytes(), map[string]any{"gpg_public_keys": []any{map[string]any{"key_id": key.PrimaryKey.KeyIdString(), "ascii_armor": public.String()}}}
}
