using System.Text.RegularExpressions;
using Pipeline.Artifacts;
using Pipeline.Stages.Expand;
using YamlDotNet.RepresentationModel;

namespace Pipeline.Expand.Tests;

public sealed partial class ShippedStudiesTests
{
    private const string PilotFolder = "pilots";

    public static TheoryData<string> Pilots => [.. Files(PilotFolder)];

    public static TheoryData<string> Studies => [.. Files("."), .. Files(PilotFolder)];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "experiments");

    [Theory]
    [MemberData(nameof(Studies))]
    public void A_shipped_study_is_understood(string file) => Assert.NotEmpty(Plan(file).Runs());

    [Fact]
    public void The_headline_study_has_75_cells_and_1875_runs()
    {
        var plan = Plan("activation-initialization-normalization.yaml");

        Assert.True(plan.Default);
        Assert.Equal("Activation × initialization × normalization", plan.Title);
        Assert.Equal(75, plan.Trials.Select(plan.Cell).Distinct().Count());
        Assert.Equal(1875, plan.RunCount);
        Assert.Equal(
            """
            {"activation":"sigmoid","batch_size":64,"dataset":"digits","epochs":15,"initial_bias":0,
            "initialization":"zeros","learning_rate":0.003,"loss":"softmax_cross_entropy","metrics":"none",
            "model.depth":6,"model.dropout":0,"model.kind":"mlp","model.width":64,"normalization":"none",
            "normalization_affine":true,"normalization_position":"before_activation","optimizer.clip_norm":0,
            "optimizer.kind":"sgd","optimizer.momentum":0.9,"optimizer.weight_decay":0,"preprocessing":"standardize",
            "probe_epochs":"0","probes":"none","schedule":"constant","seed":100,"split.seed":0,"split.test":0.2,"split.validation":0.1}
            """.ReplaceLineEndings(""),
            plan.Runs().First().Spec.ToJson()
        );
    }

    [Fact]
    public void The_preprocessing_study_turns_what_its_base_fixes_into_axes()
    {
        var plan = Plan("preprocessing.yaml");

        Assert.Equal(["dataset", "preprocessing", "activation"], plan.Scientific.Select(axis => axis.Key));
        Assert.Equal(600, plan.RunCount);
        Assert.Equal(0.9, plan.Fixed.Number("optimizer.momentum"));
        Assert.Equal(16, plan.Fixed.Integer("batch_size"));
    }

    [Theory]
    [MemberData(nameof(Pilots))]
    public void A_pilot_makes_no_claims_and_has_seeds_that_no_study_has(string file)
    {
        var pilot = Plan(file);

        Assert.False(pilot.Default);
        Assert.Empty(pilot.Claims);
        Assert.All(Files("."), study => Assert.Empty(pilot.Seeds.Intersect(Plan(study).Seeds)));
    }

    [Fact]
    public void The_pilots_that_claims_rest_on_are_those_that_there_are() =>
        Assert.Equal(
            Files(PilotFolder).Order(StringComparer.Ordinal),
            Files(".")
                .SelectMany(file => Plan(file).Claims)
                .SelectMany(claim => Pilot().Matches(claim.Basis))
                .Select(pilot => pilot.Groups["path"].Value)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
        );

    // The project reads the commas and colons of a call as a part of it, quoted or not; other programs need the quotes.
    [Theory]
    [MemberData(nameof(Studies))]
    public void A_shipped_study_is_the_same_to_other_readers_of_YAML(string file)
    {
        var yaml = new YamlStream();
        using var text = File.OpenText(Path.Combine(Folder, file));
        yaml.Load(text);

        Assert.All(
            yaml.Documents.Single().AllNodes.OfType<YamlScalarNode>(),
            scalar => Assert.Equal(scalar.Value!.Count(c => c == '('), scalar.Value!.Count(c => c == ')'))
        );
    }

    [Theory]
    [MemberData(nameof(Studies))]
    public void A_shipped_study_spelled_out_is_the_same_study(string file)
    {
        using var folder = new StudyFolder();
        var source = StudySource.Load(Path.Combine(Folder, file));
        var name = Path.GetFileName(file);
        folder.Write(name, Expander.Resolved(source, TestVocabulary.Instance, StudyOverrides.None));

        Assert.Equal(ArtifactEncoding.Encode(Plan(file)), ArtifactEncoding.Encode(folder.Expand(name)));
    }

    [GeneratedRegex(@"experiments/(?<path>[\w./-]+\.yaml)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pilot();

    private static IEnumerable<string> Files(string folder) =>
        Directory
            .GetFiles(Path.Combine(Folder, folder), "*.yaml")
            .Select(file => folder == "." ? Path.GetFileName(file) : $"{folder}/{Path.GetFileName(file)}");

    private static Plan Plan(string file) =>
        Expander.Expand(StudySource.Load(Path.Combine(Folder, file)), TestVocabulary.Instance, StudyOverrides.None);
}
