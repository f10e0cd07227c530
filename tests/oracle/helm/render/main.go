// Renders charts with Helm's own packages. One request a line on standard input, one answer a line on standard output, in the same order:
//
//	{"chart": folder, "values": [files], "set": [[name, value, forceString]], "release": name, "namespace": name, "inline": YAML}
//	{"documents": [{"template": path, "object": object} or {"template": path, "error": text}], "dropped": [names], "error": text}
//
// There is no network: dependencies of repositories that are not vendored in charts/ are dropped (and told); those of file:// are loaded from their folders.
package main

import (
	"bufio"
	"encoding/json"
	"io"
	"log"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"sort"
	"strings"

	"helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
	"helm.sh/helm/v3/pkg/releaseutil"
	"helm.sh/helm/v3/pkg/strvals"
	"sigs.k8s.io/yaml"
)

type request struct {
	Chart     string   `json:"chart"`
	Values    []string `json:"values"`
	Inline    string   `json:"inline"`
	Set       [][3]any `json:"set"`
	Release   string   `json:"release"`
	Namespace string   `json:"namespace"`
}

type document struct {
	Template string `json:"template"`
	Object   any    `json:"object,omitempty"`
	Error    string `json:"error,omitempty"`
}

type answer struct {
	Documents []document `json:"documents"`
	Dropped   []string   `json:"dropped,omitempty"`
	Error     string     `json:"error,omitempty"`
}

func main() {
	log.SetOutput(io.Discard) // Helm's warnings about values
	lines := bufio.NewReader(os.Stdin)
	// A queue of answers to come keeps the order while several requests are worked on.
	queue := make(chan chan answer, runtime.NumCPU())
	done := make(chan error)
	go write(queue, done)
	for {
		line, err := lines.ReadBytes('\n')
		if len(strings.TrimSpace(string(line))) > 0 {
			slot := make(chan answer, 1)
			queue <- slot
			go func() { slot <- respond(line) }()
		}
		if err != nil {
			break
		}
	}
	close(queue)
	if <-done != nil {
		os.Exit(1)
	}
}

func write(queue chan chan answer, done chan error) {
	out := bufio.NewWriter(os.Stdout)
	encoder := json.NewEncoder(out)
	var failure error
	for slot := range queue {
		if err := encoder.Encode(<-slot); err != nil {
			failure = err
		}
		out.Flush()
	}
	done <- failure
}

func respond(line []byte) (result answer) {
	var r request
	if err := json.Unmarshal(line, &r); err != nil {
		return answer{Error: "request: " + err.Error()}
	}
	if err := render(&result, r); err != nil {
		result.Documents = nil
		result.Error = err.Error()
	}
	return result
}

func render(result *answer, r request) error {
	loaded, err := load(r.Chart, &result.Dropped, nil)
	if err != nil {
		return err
	}
	values, err := valuesOf(r)
	if err != nil {
		return err
	}
	if err := chartutil.ProcessDependenciesWithMerge(loaded, values); err != nil {
		return err
	}
	options := chartutil.ReleaseOptions{Name: r.Release, Namespace: r.Namespace, Revision: 1, IsInstall: true}
	top, err := chartutil.ToRenderValues(loaded, values, options, chartutil.DefaultCapabilities.Copy())
	if err != nil {
		return err
	}
	files, err := engine.Render(loaded, top)
	if err != nil {
		return err
	}
	result.Documents = documentsOf(files)
	return nil
}

// load reads a chart with the charts that it depends on by file://, which `helm dependency build` would have put into charts/.
func load(folder string, dropped *[]string, within []string) (*chart.Chart, error) {
	loaded, err := loader.LoadDir(folder)
	if err != nil {
		return nil, err
	}
	var kept []*chart.Dependency
	for _, dependency := range loaded.Metadata.Dependencies {
		present := isPresent(loaded, dependency)
		if other, local := strings.CutPrefix(dependency.Repository, "file://"); local && !present {
			place := filepath.Clean(filepath.Join(folder, other))
			if err := add(loaded, place, dropped, append(within, folder)); err != nil {
				return nil, err
			}
			present = isPresent(loaded, dependency)
		}
		if !present {
			*dropped = append(*dropped, dependency.Name)
			continue
		}
		kept = append(kept, dependency)
	}
	loaded.Metadata.Dependencies = kept
	return loaded, nil
}

func add(parent *chart.Chart, place string, dropped *[]string, within []string) error {
	for _, folder := range within {
		if folder == place {
			return nil // a chart that depends on itself
		}
	}
	if _, err := os.Stat(place); os.IsNotExist(err) {
		return nil
	}
	dependency, err := load(place, dropped, within)
	if err == nil {
		parent.AddDependency(dependency)
	}
	return err
}

func isPresent(loaded *chart.Chart, dependency *chart.Dependency) bool {
	for _, other := range loaded.Dependencies() {
		if other.Name() == dependency.Name && chartutil.IsCompatibleRange(dependency.Version, other.Metadata.Version) {
			return true
		}
	}
	return false
}

// valuesOf merges the value files, the inline values and the parameters, later over earlier, as `helm template -f … --set …` does.
func valuesOf(r request) (map[string]any, error) {
	merged := map[string]any{}
	texts := [][]byte{}
	for _, name := range r.Values {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		texts = append(texts, text)
	}
	for _, text := range append(texts, []byte(r.Inline)) {
		part := map[string]any{}
		if err := yaml.Unmarshal(text, &part); err != nil {
			return nil, err
		}
		merged = merge(merged, part)
	}
	for _, set := range r.Set {
		name, _ := set[0].(string)
		value, _ := set[1].(string)
		parse := strvals.ParseInto
		if forced, _ := set[2].(bool); forced {
			parse = strvals.ParseIntoString
		}
		if err := parse(name+"="+value, merged); err != nil {
			return nil, err
		}
	}
	return merged, nil
}

func merge(under, over map[string]any) map[string]any {
	for key, value := range over {
		upper, isMap := value.(map[string]any)
		lower, wasMap := under[key].(map[string]any)
		if isMap && wasMap {
			value = merge(lower, upper)
		}
		under[key] = value
	}
	return under
}

func documentsOf(files map[string]string) []document {
	names := make([]string, 0, len(files))
	for name := range files {
		if path.Base(name) != "NOTES.txt" {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	documents := []document{}
	for _, name := range names {
		parts := releaseutil.SplitManifests(files[name])
		keys := make([]string, 0, len(parts))
		for key := range parts {
			keys = append(keys, key)
		}
		sort.Sort(releaseutil.BySplitManifestsOrder(keys))
		for _, key := range keys {
			var object any
			if err := yaml.Unmarshal([]byte(parts[key]), &object); err != nil {
				documents = append(documents, document{Template: name, Error: err.Error()})
			} else if object != nil {
				documents = append(documents, document{Template: name, Object: object})
			}
		}
	}
	return documents
}
