using System.Text;
using System.Text.Json;

namespace Pipeline.Artifacts.Tests;

public sealed class ArtifactEncodingTests
{
    private const string PlanJson = """
        {"study":"sample","title":"Größe \"×\" <Wahl>","question":"Why?","default":true,"partial":false,"fixed":{"model.depth":2},
        "scientific":[{"key":"activation","values":["relu","tanh"]},{"key":"initialization","values":["zeros","normal(0.01)","identity"]}],
        "nuisance":[{"key":"learning_rate","values":[0.1,1]}],"seeds":[0,7],"more":[],"trials":[1,4],"claims":[]}
        """;

    private const string CompletedJson =
        """{"outcome":"completed","steps":420,"metrics":{"test_accuracy":0.1,"test_loss":1E-05},"curves":{"train_loss":[2.5,0.30000000000000004]},"weights":"abc"}""";

    private const string DivergedJson =
        """{"outcome":"diverged","reason":"the loss is not finite","steps":1,"metrics":{},"curves":{"train_loss":[]}}""";

    private static readonly Plan Plan = SamplePlan.Of(trials: [1, 4]) with { Default = true, Question = "Why?" };

    [Fact]
    public void A_plan_is_written_without_white_space_and_without_what_is_null() =>
        Assert.Equal(OneLine(PlanJson), Text(ArtifactEncoding.Encode(Plan)));

    [Fact]
    public void A_plan_comes_back_byte_for_byte()
    {
        var bytes = ArtifactEncoding.Encode(Plan);
        var back = ArtifactEncoding.DecodePlan(bytes);

        Assert.Equal(bytes, ArtifactEncoding.Encode(back));
        Assert.Equal(Plan.Runs().Select(run => run.Id), back.Runs().Select(run => run.Id));
    }

    [Fact]
    public void A_claim_is_written_by_the_names_of_its_study_and_comes_back()
    {
        var claim = new Claim
        {
            Says = "tanh ≠ relu",
            Source = "Slides",
            Basis = "theory",
            Metric = "test_accuracy",
            Left = new(Parameters.Of([new("activation", Scalar.Of("tanh"))]), ["initialization"]),
            Relation = ClaimRelation.Below,
            Right = new(Parameters.Of([new("activation", Scalar.Of("relu"))]), []),
            Factor = 1.5,
        };
        var bytes = ArtifactEncoding.Encode(Plan with { Claims = [claim] });

        Assert.EndsWith(
            """
            "claims":[{"says":"tanh ≠ relu","source":"Slides","basis":"theory","metric":"test_accuracy",
            "left":{"values":{"activation":"tanh"},"best":["initialization"]},"relation":"below",
            "right":{"values":{"activation":"relu"},"best":[]},"by":0,"factor":1.5}]}
            """.ReplaceLineEndings(""),
            Text(bytes),
            StringComparison.Ordinal
        );
        Assert.Equal(bytes, ArtifactEncoding.Encode(ArtifactEncoding.DecodePlan(bytes)));
    }

    [Fact]
    public void Probes_come_back_byte_for_byte()
    {
        const string Json =
            """{"outcome":"completed","steps":420,"metrics":{},"curves":{},"probes":[{"epoch":0,"layer":1,"name":"layers.0","values":{"dead_share":0.5,"weight_norm":3}}]}""";

        Assert.Equal(
            Json,
            Text(ArtifactEncoding.Encode(ArtifactEncoding.DecodeRunResult(Encoding.UTF8.GetBytes(Json))))
        );
    }

    [Fact]
    public void Learning_curves_come_back_byte_for_byte()
    {
        const string Json = """{"cell":0,"curve":"train_loss","mean":[2.5,null],"half":[0.25,null],"runs":[2,1]}""";
        var tables = new StudyTables
        {
            Plan = Plan,
            Metrics = [],
            Runs = [],
            Cells = [],
            Curves =
            [
                new()
                {
                    Cell = 0,
                    Curve = "train_loss",
                    Mean = [2.5, null],
                    Half = [0.25, null],
                    Runs = [2, 1],
                },
            ],
        };
        var bytes = ArtifactEncoding.Encode(tables);

        Assert.EndsWith($"\"curves\":[{Json}],\"confusions\":[]}}", Text(bytes), StringComparison.Ordinal);
        Assert.Equal(bytes, ArtifactEncoding.Encode(ArtifactEncoding.DecodeStudyTables(bytes)));
    }

    [Theory]
    [InlineData(1 / 3.0, 7, 0.3333333)]
    [InlineData(-123456789, 7, -123456800)]
    [InlineData(0, 7, 0)]
    [InlineData(5e-324, 3, 5e-324)]
    public void Numbers_are_rounded_to_significant_digits(double value, int digits, double expected) =>
        Assert.Equal(expected, CanonicalJson.Rounded(value, digits));

    [Fact]
    public void A_completed_run_is_written_with_metrics_and_curves_in_ordinal_order()
    {
        var result = new RunResult
        {
            Outcome = RunOutcome.Completed,
            Steps = 420,
            Metrics = new(StringComparer.Ordinal) { ["test_loss"] = 1e-5, ["test_accuracy"] = 0.1 },
            Curves = new(StringComparer.Ordinal) { ["train_loss"] = [2.5, 0.1 + 0.2] },
            Weights = "abc",
        };

        Assert.Equal(CompletedJson, Text(ArtifactEncoding.Encode(result)));
    }

    [Fact]
    public void A_diverged_run_is_written_with_reason_and_steps()
    {
        var result = new RunResult
        {
            Outcome = RunOutcome.Diverged,
            Reason = "the loss is not finite",
            Steps = 1,
            Metrics = [],
            Curves = new(StringComparer.Ordinal) { ["train_loss"] = [] },
        };

        Assert.Equal(DivergedJson, Text(ArtifactEncoding.Encode(result)));
    }

    [Theory]
    [InlineData(CompletedJson)]
    [InlineData(DivergedJson)]
    [InlineData("""{"outcome":"failed","reason":"batch_size is 8, but…","steps":0,"metrics":{},"curves":{}}""")]
    public void A_result_comes_back_byte_for_byte(string json) =>
        Assert.Equal(
            json,
            Text(ArtifactEncoding.Encode(ArtifactEncoding.DecodeRunResult(Encoding.UTF8.GetBytes(json))))
        );

    [Fact]
    public void Tables_come_back_byte_for_byte()
    {
        var tables = new StudyTables
        {
            Plan = Plan with { Trials = [] },
            Metrics = ["test_accuracy", "test_loss"],
            Runs =
            [
                new()
                {
                    Run = "96923aa5c40e",
                    Values = [Scalar.Of("relu"), Scalar.Of(0.1)],
                    Seed = 7,
                    Outcome = RunOutcome.Completed,
                    Steps = 420,
                    Metrics = [0.5, 1.25],
                },
                new()
                {
                    Run = "000000000000",
                    Values = [Scalar.Of("tanh"), Scalar.Of(1L)],
                    Seed = 7,
                    Outcome = RunOutcome.Diverged,
                    Steps = 3,
                    Metrics = [null, null],
                },
            ],
            Cells =
            [
                new()
                {
                    Values = [Scalar.Of("relu")],
                    Chosen = [Scalar.Of(0.1)],
                    AtEdge = [true],
                    Runs = 1,
                    Diverged = 0,
                    Metrics = [new(0.5, null, null), new(1.25, 1, 1.5)],
                },
            ],
            Claims =
            [
                new()
                {
                    Verdict = ClaimVerdict.Holds,
                    Effect = -0.25,
                    Low = -0.5,
                    High = 0,
                    P = 1e-5,
                    AdjustedP = 2e-5,
                    OppositeP = 1,
                    AdjustedOppositeP = 1,
                    Pairs = 2,
                },
                new()
                {
                    Verdict = ClaimVerdict.NotEvaluated,
                    Reason = "its cells are no part of the plan",
                    Pairs = 0,
                    BestLeft = [Scalar.Of("tanh")],
                },
            ],
        };
        var bytes = ArtifactEncoding.Encode(tables);
        var back = ArtifactEncoding.DecodeStudyTables(bytes);

        Assert.Equal(bytes, ArtifactEncoding.Encode(back));
        Assert.Contains("\"verdict\":\"not_evaluated\"", Text(bytes), StringComparison.Ordinal);
        Assert.Equal([null, null], back.Runs[1].Metrics);
        Assert.Equal(new Estimate(0.5, null, null), back.Cells[0].Metrics[0]);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_metric_that_is_not_finite_is_never_written(double value)
    {
        var result = new RunResult
        {
            Outcome = RunOutcome.Completed,
            Steps = 420,
            Metrics = new(StringComparer.Ordinal) { ["test_loss"] = value },
            Curves = [],
        };

        Assert.Throws<ArgumentException>(() => ArtifactEncoding.Encode(result));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"outcome":"exploded","steps":1,"metrics":{},"curves":{}}""")]
    [InlineData("""{"outcome":3,"steps":1,"metrics":{},"curves":{}}""")]
    [InlineData("""{"outcome":"completed","steps":1,"metrics":{"a":"1"},"curves":{}}""")]
    [InlineData("""{"outcome":"completed","metrics":{},"curves":{}}""")]
    [InlineData("""{"outcome":"completed","steps":1,"metrics":{},"curves":{}}x""")]
    public void What_is_no_result_is_refused(string json) =>
        Assert.ThrowsAny<JsonException>(() => ArtifactEncoding.DecodeRunResult(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void A_plan_that_is_cut_off_is_refused()
    {
        var bytes = ArtifactEncoding.Encode(Plan);
        for (var length = 0; length < bytes.Length; length++)
            Assert.ThrowsAny<JsonException>(() => ArtifactEncoding.DecodePlan(bytes.AsSpan(0, length)));
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":null}""")]
    [InlineData("""{"a":1e400}""")]
    [InlineData("3")]
    public void Parameters_that_make_no_sense_are_refused(string parameters)
    {
        var json = OneLine(PlanJson).Replace("""{"model.depth":2}""", parameters, StringComparison.Ordinal);

        Assert.ThrowsAny<JsonException>(() => ArtifactEncoding.DecodePlan(Encoding.UTF8.GetBytes(json)));
    }

    private static string OneLine(string json) => json.ReplaceLineEndings("");

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
