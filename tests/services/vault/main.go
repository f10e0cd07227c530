// Vault itself, for tests: in memory, on loopback ports that the system chooses, initialized and unsealed, with a file audit device. When it answers, it prints one line of JSON,
//
//	{"address": URL, "tls_address": URL or "", "root_token": token, "unseal_key": hexadecimal, "audit_log": path, "pid": number}
//
// and ends when standard input closes, or on SIGTERM or SIGINT. Nothing outlives it but the audit log, in which values are HMACs unless -log-raw is given.
package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/hashicorp/go-hclog"
	auth "github.com/hashicorp/vault-plugin-auth-kubernetes"
	kv "github.com/hashicorp/vault-plugin-secrets-kv"
	"github.com/hashicorp/vault/audit"
	"github.com/hashicorp/vault/builtin/audit/file"
	"github.com/hashicorp/vault/builtin/credential/approle"
	"github.com/hashicorp/vault/helper/namespace"
	vaulthttp "github.com/hashicorp/vault/http"
	"github.com/hashicorp/vault/internalshared/configutil"
	"github.com/hashicorp/vault/sdk/helper/consts"
	"github.com/hashicorp/vault/sdk/logical"
	"github.com/hashicorp/vault/sdk/physical/inmem"
	"github.com/hashicorp/vault/vault"
)

// How long a mount may take until it answers: version 2 of the key-value engine prepares itself in the background.
const ready = 10 * time.Second

type pairs []string

func (p *pairs) String() string     { return strings.Join(*p, ",") }
func (p *pairs) Set(s string) error { *p = append(*p, s); return nil }

type options struct {
	audit, certificate, key, clients string
	raw, sealed, bare                bool
	mounts, auths                    pairs
	lease                            time.Duration
	logLevel                         string
}

func parse() *options {
	o := &options{}
	flag.StringVar(&o.audit, "audit-log", "", "the audit device's `file`; required")
	flag.BoolVar(&o.raw, "log-raw", false, "write values to the audit log as they are")
	flag.StringVar(&o.certificate, "tls-certificate", "", "serve TLS, too, with the certificate chain of this `file`")
	flag.StringVar(&o.key, "tls-key", "", "the `file` of its key")
	flag.StringVar(&o.clients, "tls-clients", "", "clients must show a certificate of an authority in this `file`")
	flag.BoolVar(&o.bare, "no-secret", false, "do not mount version 2 at secret/")
	flag.Var(&o.mounts, "mount", "a further mount, `PATH=kv-v1` or PATH=kv-v2; repeatable")
	flag.Var(&o.auths, "auth", "a further auth mount, `PATH=approle` or PATH=kubernetes, besides approle/; repeatable")
	flag.BoolVar(&o.sealed, "sealed", false, "seal at last")
	flag.DurationVar(&o.lease, "max-lease-ttl", 0, "the longest lease that is granted, Vault's 768h by default")
	flag.StringVar(&o.logLevel, "log-level", "off", "how much Vault tells on standard error")
	flag.Parse()
	if o.audit == "" || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	return o
}

// A registry of the plugins that are built in; without one, mounting panics.
type registry struct {
	secrets, credentials map[string]logical.Factory
}

func (r registry) of(kind consts.PluginType) map[string]logical.Factory {
	switch kind {
	case consts.PluginTypeSecrets:
		return r.secrets
	case consts.PluginTypeCredential:
		return r.credentials
	}
	return nil
}

func (r registry) Contains(name string, kind consts.PluginType) bool {
	return r.of(kind)[name] != nil
}

func (r registry) Get(name string, kind consts.PluginType) (func() (interface{}, error), bool) {
	factory := r.of(kind)[name]
	return func() (interface{}, error) { return factory, nil }, factory != nil
}

func (r registry) Keys(kind consts.PluginType) []string {
	var names []string
	for name := range r.of(kind) {
		names = append(names, name)
	}
	return names
}

func (r registry) DeprecationStatus(name string, kind consts.PluginType) (consts.DeprecationStatus, bool) {
	return consts.Supported, r.Contains(name, kind)
}

func (r registry) IsBuiltinEntPlugin(string, consts.PluginType) bool { return false }

func newCore(o *options) (*vault.Core, error) {
	logger := hclog.New(&hclog.LoggerOptions{Name: "vault", Level: hclog.LevelFromString(o.logLevel), Output: os.Stderr})
	storage, err := inmem.NewInmem(nil, logger)
	if err != nil {
		return nil, err
	}
	plugins := registry{
		secrets:     map[string]logical.Factory{"kv": kv.Factory},
		credentials: map[string]logical.Factory{"approle": approle.Factory, "kubernetes": auth.Factory},
	}
	return vault.NewCore(&vault.CoreConfig{
		Physical:           storage,
		StorageType:        "inmem",
		DisableMlock:       true,
		Logger:             logger,
		MaxLeaseTTL:        o.lease,
		BuiltinRegistry:    plugins,
		LogicalBackends:    plugins.secrets,
		CredentialBackends: plugins.credentials,
		AuditBackends:      map[string]audit.Factory{"file": file.Factory},
	})
}

// unseal initializes the core, and returns the root token and the only share of the key.
func unseal(ctx context.Context, core *vault.Core) (string, []byte, error) {
	shares := &vault.SealConfig{SecretShares: 1, SecretThreshold: 1}
	result, err := core.Initialize(ctx, &vault.InitParams{BarrierConfig: shares, RecoveryConfig: shares})
	if err != nil {
		return "", nil, err
	}
	key := append([]byte(nil), result.SecretShares[0]...) // Unseal wipes what it is given
	open, err := core.Unseal(result.SecretShares[0])
	if err == nil && !open {
		err = errors.New("still sealed")
	}
	return result.RootToken, key, err
}

// A client of the core's own, with the root token.
type root struct {
	ctx   context.Context
	core  *vault.Core
	token string
}

func (r root) ask(operation logical.Operation, path string, data map[string]interface{}) error {
	response, err := r.core.HandleRequest(r.ctx, &logical.Request{Operation: operation, Path: path, ClientToken: r.token, Data: data})
	if err == nil && response.IsError() {
		err = response.Error()
	}
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

func (r root) mount(path, kind string) error {
	version, found := strings.CutPrefix(kind, "kv-v")
	if !found || path == "" {
		return fmt.Errorf("a mount is PATH=kv-v1 or PATH=kv-v2, not %s=%s", path, kind)
	}
	err := r.ask(logical.UpdateOperation, "sys/mounts/"+path, map[string]interface{}{"type": "kv", "options": map[string]interface{}{"version": version}})
	if err != nil || version != "2" {
		return err
	}
	for end := time.Now().Add(ready); ; time.Sleep(2 * time.Millisecond) {
		if err = r.ask(logical.ReadOperation, path+"/config", nil); err == nil || time.Now().After(end) {
			return err
		}
	}
}

func (r root) prepare(o *options) error {
	mounts, auths := o.mounts, append(pairs{"approle=approle"}, o.auths...)
	if !o.bare {
		mounts = append(pairs{"secret=kv-v2"}, mounts...)
	}
	for _, mount := range mounts {
		path, kind, _ := strings.Cut(mount, "=")
		if err := r.mount(path, kind); err != nil {
			return err
		}
	}
	for _, mount := range auths {
		path, kind, _ := strings.Cut(mount, "=")
		if err := r.ask(logical.UpdateOperation, "sys/auth/"+path, map[string]interface{}{"type": kind}); err != nil {
			return err
		}
	}
	err := r.ask(logical.UpdateOperation, "sys/audit/file", map[string]interface{}{
		"type":    "file",
		"options": map[string]interface{}{"file_path": o.audit, "log_raw": strconv.FormatBool(o.raw), "hmac_accessor": "false"},
	})
	if err == nil && o.sealed {
		err = r.core.Seal(r.token)
	}
	if err == nil {
		err = os.Truncate(o.audit, 0) // the log holds what tests do, and nothing else
	}
	return err
}

func tlsConfig(o *options) (*tls.Config, error) {
	certificate, err := tls.LoadX509KeyPair(o.certificate, o.key)
	if err != nil {
		return nil, err
	}
	config := &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}
	if o.clients != "" {
		authorities, err := os.ReadFile(o.clients)
		if err != nil {
			return nil, err
		}
		config.ClientCAs = x509.NewCertPool()
		if !config.ClientCAs.AppendCertsFromPEM(authorities) {
			return nil, fmt.Errorf("%s has no certificate", o.clients)
		}
		config.ClientAuth = tls.RequireAndVerifyClientCert
	}
	return config, nil
}

// serve listens on a port of the system's choice and returns the URL.
func serve(core *vault.Core, config *tls.Config) (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	address := listener.Addr().String()
	server := &http.Server{
		Handler:   vaulthttp.Handler.Handler(&vault.HandlerProperties{Core: core, ListenerConfig: &configutil.Listener{Address: address}}),
		ErrorLog:  log.New(io.Discard, "", 0), // failed TLS handshakes, which are what some tests are about
		TLSConfig: config,
	}
	if config == nil {
		go server.Serve(listener)
		return "http://" + address, nil
	}
	go server.ServeTLS(listener, "", "")
	return "https://" + address, nil
}

func start(o *options) (map[string]interface{}, error) {
	ctx := namespace.RootContext(context.Background())
	core, err := newCore(o)
	if err != nil {
		return nil, err
	}
	token, key, err := unseal(ctx, core)
	if err != nil {
		return nil, err
	}
	if err = (root{ctx, core, token}).prepare(o); err != nil {
		return nil, err
	}
	about := map[string]interface{}{"tls_address": "", "root_token": token, "unseal_key": hex.EncodeToString(key), "audit_log": o.audit, "pid": os.Getpid()}
	if about["address"], err = serve(core, nil); err != nil || o.certificate == "" {
		return about, err
	}
	config, err := tlsConfig(o)
	if err == nil {
		about["tls_address"], err = serve(core, config)
	}
	return about, err
}

func main() {
	o := parse()
	about, err := start(o)
	if err != nil {
		fmt.Fprintln(os.Stderr, "vault-server:", err)
		os.Exit(1)
	}
	if err = json.NewEncoder(os.Stdout).Encode(about); err != nil {
		os.Exit(1)
	}
	ended := make(chan os.Signal, 2)
	signal.Notify(ended, syscall.SIGTERM, syscall.SIGINT)
	go func() {
		io.Copy(io.Discard, os.Stdin)
		ended <- syscall.SIGTERM
	}()
	<-ended
}
