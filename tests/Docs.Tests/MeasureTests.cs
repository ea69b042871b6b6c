using System.Text.RegularExpressions;
using Pipeline.Stages.Expand;
using Pipeline.Stages.Expand.DataSets;

namespace Pipeline.Docs.Tests;

/// <summary>
/// The names of what is measured and of what describes data are those that there are; where no list is to be had, the
/// sentence that refuses a name tells them.
/// </summary>
public sealed partial class MeasureTests
{
    private const string Page = "experiments/README.md";
    private const string Data = "experiments/data/README.md";

    [Fact]
    public void The_metrics_of_a_claim()
    {
        var plain = Choices(() => StudyExample.Expand(Claiming("nonexistent"))).Split(", ");
        var forms = Forms()
            .Match(Refusal(() => StudyExample.Expand(Claiming("nonexistent(1)"))))
            .Groups["name"]
            .Value.Replace(" and ", ", ", StringComparison.Ordinal);
        var calls = Call().Matches(forms).Select(match => match.Groups["name"].Value);

        var shown = MarkdownTable
            .Of(Page, "metric of a claim")
            .Rows.SelectMany(row => MarkdownTable.Codes(row[0]))
            .ToList();

        // The study would have to ask for those of the catalogue, of which two are shown, and for those that a parameter asks for.
        Assert.Equal(
            plain
                .Concat(calls)
                .Concat([
                    "test_macro_f1",
                    "test_top",
                    "epoch_end_accuracy",
                    "epoch_end_loss",
                    "epoch_end_loss_scale",
                    "skipped_steps",
                    "activation_norm",
                    "restarts",
                    "best_epoch",
                    "epochs_trained",
                ])
                .Order(StringComparer.Ordinal),
            shown.Select(code => code.Split('(')[0]).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void The_numbers_that_probes_measure()
    {
        var measured = Documents
            .Find(Documents.PathOf("src/Stages/Train/Probes"), "*.cs")
            .SelectMany(source =>
                Measured().Matches(Documents.Read(source)).Select(match => match.Groups["name"].Value)
            );
        var shown = MarkdownTable.Of(Page, "probe").Rows.SelectMany(row => MarkdownTable.Codes(row[1]));

        // The weights of weight_path are numbered.
        Assert.Equal(measured.Append("weight_1").Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_keys_of_a_described_data_set()
    {
        var example = Documents.Read(Data).Split("```yaml\n")[1].Split("```")[0];

        Assert.Equal(
            ("csv", "species", true),
            StudyExample.WithFile(
                example,
                path => DataSetFile.Read(path) is var set ? (set.Format, set.Label, set.HasHeader) : default
            )
        );
        Assert.Equal(
            Choices(() => StudyExample.WithFile(example + "nonexistent: 1\n", DataSetFile.Read))
                .Split(", ")
                .Order(StringComparer.Ordinal),
            example.Trim().Split('\n').Select(line => line.Split(':')[0]).Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            Choices(() => StudyExample.WithFile("format: nonexistent\n", DataSetFile.Read)),
            example.Split('\n')[0].Split('#')[1].Trim().Replace(" or ", ", ", StringComparison.Ordinal)
        );
    }

    private static string Claiming(string metric) =>
        StudyExample.Text.Replace("metric: test_accuracy", $"metric: {metric}", StringComparison.Ordinal);

    private static string Choices(Action action) => Refusal(action).Split("choose from ")[1].TrimEnd('.');

    private static string Refusal(Action action) => Assert.Throws<StudyException>(action).Message;

    [GeneratedRegex("the forms are (?<name>.+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Forms();

    [GeneratedRegex(@"(?<name>[a-z_]+)\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Call();

    [GeneratedRegex("new\\(\\s*\"(?<name>[a-z_]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Measured();
}
