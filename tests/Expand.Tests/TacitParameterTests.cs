using Pipeline.Artifacts;

namespace Pipeline.Expand.Tests;

/// <summary>Parameters whose default needs no word: a study is the same with and without it.</summary>
public sealed class TacitParameterTests
{
    private static readonly string Residual = StudyFolder.Minimal.Replace("mlp", "resmlp", StringComparison.Ordinal);

    [Theory]
    [InlineData("branch_initialization", "as_initialization")]
    [InlineData("inference_statistics", "running")]
    [InlineData("frozen_layers", "0")]
    public void A_default_leaves_no_trace(string key, string value)
    {
        var study = Residual + "  normalization: batch(0.2)\n";
        var tacit = StudyFolder.PlanOf(study);
        var said = StudyFolder.PlanOf($"{study}  {key}: {value}\n");

        Assert.Equal(ArtifactEncoding.Encode(tacit), ArtifactEncoding.Encode(said));
        Assert.DoesNotContain(key, tacit.Fixed.Keys);
    }

    [Fact]
    public void Statistics_for_inference_belong_to_batch_normalization()
    {
        var plan = StudyFolder.PlanOf(
            StudyFolder.Minimal
                + "  inference_statistics: batch\nscientific:\n  normalization: [layer, \"batch(0.2)\"]\n"
        );
        Assert.Equal(
            [false, true],
            plan.Runs().Select(run => ParameterUse.IsReadByTrain("inference_statistics", run.Spec))
        );
        Assert.Contains(
            "inference_statistics belongs to normalization: batch, but normalization is none here",
            StudyFolder.RefusalOf("title: A study\n" + StudyFolder.Minimal + "  inference_statistics: batch\n"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Branches_may_begin_by_any_initializer() =>
        Assert.Equal(
            "normal(0.5)",
            StudyFolder
                .PlanOf(Residual + "  branch_initialization: normal(0.50)\n")
                .Runs()
                .First()
                .Spec.Text("branch_initialization")
        );

    [Theory]
    [InlineData("resmlp", "zero", "there is no initializer 'zero'; the nearest is 'zeros'")]
    [InlineData(
        "mlp",
        "zeros",
        "branch_initialization belongs to model.kind: resmlp or rescnn, but model.kind is mlp here"
    )]
    public void Another_value_or_kind_is_refused(string kind, string value, string sentence) =>
        Assert.Contains(
            sentence,
            StudyFolder.RefusalOf(
                "title: A study\n"
                    + StudyFolder.Minimal.Replace("mlp", kind, StringComparison.Ordinal)
                    + $"  branch_initialization: {value}\n"
            ),
            StringComparison.Ordinal
        );
}
