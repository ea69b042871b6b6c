using System.Text;
using Pipeline.Artifacts;

namespace Pipeline.Diff.Tests;

/// <summary>The whole page and the whole JSON of a difference in which everything is that can be, and the picture of a history.</summary>
public sealed class SnapshotTests : IDisposable
{
    private readonly MadeUpResults results = new();

    public void Dispose() => results.Dispose();

    [Fact]
    public void A_difference_has_this_page_and_this_JSON()
    {
        results.Study("old/same");
        results.Study("new/same");
        results.Study("old/removed");
        results.Study("new/added");
        results.Study("old/damaged");
        results.Study("new/damaged");
        results.Edit("new/damaged/cells.csv", "relu", "rleu");
        results.Study("old/grid", made: Made("before"), activations: ["relu", "tanh", "gelu"]);
        results.Study(
            "new/grid",
            (activation, seed) =>
                activation == "relu" ? MadeUpResults.Steady(activation, seed) - 0.2 - (seed * 0.001)
                : seed == 2 ? null
                : MadeUpResults.Steady(activation, seed),
            verdict: "refuted",
            made: Made("now"),
            activations: ["relu", "tanh", "elu"]
        );

        var page = results.Diff();

        Snapshot.Matches("diff.md", Encoding.UTF8.GetBytes(page));
        Snapshot.Matches("diff.json", File.ReadAllBytes(results.PathOf("artifacts/diff.json")));
    }

    [Fact]
    public void A_difference_within_a_tolerance_has_this_JSON()
    {
        results.Study("old/grid");
        results.Study("new/grid", (activation, seed) => MadeUpResults.Steady(activation, seed) + 1e-9);

        results.Diff(tolerance: 1e-6);

        Snapshot.Matches("within.json", File.ReadAllBytes(results.PathOf("artifacts/diff.json")));
    }

    [Fact]
    public void A_history_has_this_picture()
    {
        results.Start();
        results.Study("results/grid", (activation, seed) => MadeUpResults.Steady(activation, seed) - 0.1);
        results.Commit("Lower");
        results.Study("results/grid", activations: ["relu", "tanh", "gelu"]);
        results.Commit("More");

        results.History();

        Snapshot.Matches("history.svg", File.ReadAllBytes(results.PathOf("artifacts/history.svg")));
    }

    private static Dictionary<string, string> Made(string when) =>
        new(StringComparer.Ordinal)
        {
            ["plan"] = Digest.Of(when),
            ["code:Pipeline.Networks"] = Digest.Of(when),
            ["code:activation/relu"] = Digest.Of(when),
            ["data:digits"] = Digest.Of(when),
            ["code:pkg:YamlDotNet"] = when == "now" ? "2" : "1",
            ["backend:device"] = when == "now" ? "A GPU" : "cpu",
        };
}
