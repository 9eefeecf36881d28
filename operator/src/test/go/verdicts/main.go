// Command verdicts says what GitOps tools make of Kubernetes objects: what a Lua health check answers,
// run as Argo CD runs one, and what kstatus computes, by which Flux waits.
//
//	verdicts health.lua < objects.json > verdicts.json
//
// Both files are JSON arrays, of objects and of one verdict for each.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	lua "github.com/yuin/gopher-lua"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	"sigs.k8s.io/cli-utils/pkg/kstatus/status"
)

// Argo CD ends a health check after this long.
const timeout = time.Second

type verdict struct {
	Health  string `json:"health"`
	Message string `json:"message"`
	Kstatus string `json:"kstatus"`
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	if len(os.Args) != 2 {
		return fmt.Errorf("usage: verdicts health.lua < objects.json")
	}
	script, err := os.ReadFile(os.Args[1])
	if err != nil {
		return err
	}
	var raw []json.RawMessage
	if err := json.NewDecoder(os.Stdin).Decode(&raw); err != nil {
		return err
	}
	verdicts := make([]verdict, 0, len(raw))
	for _, text := range raw {
		object := map[string]interface{}{}
		// Kubernetes's own decoder makes whole numbers int64, as they are in Argo CD.
		if err := utiljson.Unmarshal(text, &object); err != nil {
			return err
		}
		verdict, err := judge(string(script), object)
		if err != nil {
			return fmt.Errorf("%v\n%s", err, text)
		}
		verdicts = append(verdicts, verdict)
	}
	return json.NewEncoder(os.Stdout).Encode(verdicts)
}

func judge(script string, object map[string]interface{}) (verdict, error) {
	health, message, err := health(script, object)
	if err != nil {
		return verdict{}, err
	}
	computed, err := status.Compute(&unstructured.Unstructured{Object: object})
	if err != nil {
		return verdict{}, err
	}
	return verdict{health, message, string(computed.Status)}, nil
}

// health runs the script with no more of Lua's libraries than Argo CD gives to one from argocd-cm. It
// gives an os library, too, of which no health check has need.
func health(script string, object map[string]interface{}) (string, string, error) {
	state := lua.NewState(lua.Options{SkipOpenLibs: true})
	defer state.Close()
	for name, open := range map[string]lua.LGFunction{
		lua.LoadLibName: lua.OpenPackage,
		lua.BaseLibName: lua.OpenBase,
		lua.TabLibName:  lua.OpenTable,
	} {
		call := lua.P{Fn: state.NewFunction(open), NRet: 0, Protect: true}
		if err := state.CallByParam(call, lua.LString(name)); err != nil {
			return "", "", err
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	state.SetContext(ctx)
	state.SetGlobal("obj", toLua(state, object))
	if err := state.DoString(script); err != nil {
		return "", "", err
	}
	answer, ok := state.Get(-1).(*lua.LTable)
	if !ok {
		return "", "", fmt.Errorf("the health check returned no table but %s", state.Get(-1).Type())
	}
	message := ""
	if text, ok := answer.RawGetString("message").(lua.LString); ok {
		message = string(text)
	}
	return answer.RawGetString("status").String(), message, nil
}

func toLua(state *lua.LState, value interface{}) lua.LValue {
	switch it := value.(type) {
	case bool:
		return lua.LBool(it)
	case string:
		return lua.LString(it)
	case int64:
		return lua.LNumber(it)
	case float64:
		return lua.LNumber(it)
	case []interface{}:
		list := state.NewTable()
		for _, item := range it {
			list.Append(toLua(state, item))
		}
		return list
	case map[string]interface{}:
		table := state.NewTable()
		for key, item := range it {
			table.RawSetString(key, toLua(state, item))
		}
		return table
	}
	return lua.LNil
}
