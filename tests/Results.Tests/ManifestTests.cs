using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Pipeline.Artifacts;
using Pipeline.Stages.Report;

namespace Pipeline.Results.Tests;

public sealed class ManifestTests
{
    [Fact]
    public void Entries_stand_a_line_each_in_ordinal_order() =>
        Assert.Equal(
            "{\n  \"B\": \"1\",\n  \"a\": \"\\\"×\\\"\"\n}\n",
            Encoding.UTF8.GetString(
                ManifestEncoding.Encode(
                    new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "\"×\"", ["B"] = "1" }
                )
            )
        );

    [Fact]
    public void What_is_written_reads_back_in_whatever_order_it_was_collected()
    {
        var pairs = ArbMap.Default.GeneratorFor<NonNull<string>>().Two();
        Check.One(
            Config.QuickThrowOnFailure,
            Prop.ForAll(
                Arb.From(Gen.ListOf(pairs)),
                list =>
                {
                    var entries = list.Where(e => IsText(e.Item1.Get) && IsText(e.Item2.Get))
                        .DistinctBy(e => e.Item1.Get, StringComparer.Ordinal)
                        .ToArray();
                    var forwards = entries.ToDictionary(e => e.Item1.Get, e => e.Item2.Get, StringComparer.Ordinal);
                    var backwards = entries
                        .Reverse()
                        .ToDictionary(e => e.Item1.Get, e => e.Item2.Get, StringComparer.Ordinal);

                    var bytes = ManifestEncoding.Encode(forwards);

                    Assert.Equal(bytes, ManifestEncoding.Encode(backwards));
                    Assert.Equal(forwards.OrderBy(e => e.Key, StringComparer.Ordinal), ManifestEncoding.Decode(bytes));
                }
            )
        );

        static bool IsText(string text) => !text.Any(char.IsSurrogate);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"a\": 1}")]
    [InlineData("{\"a\": null}")]
    [InlineData("{\"a\": \"1\", \"a\": \"2\"}")]
    [InlineData("<<<<<<< HEAD\n{}")]
    public void Anything_else_is_refused(string json)
    {
        var exception = Assert.Throws<InvalidDataException>(() => Manifest.Read(Encoding.UTF8.GetBytes(json)));

        Assert.Contains("--target=Report", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_refused_is_told_in_one_line_whatever_follows() =>
        Assert.Equal(
            "This is not the manifest of a study's results (line 3 is no JSON); write it again with --target=Report.",
            Assert
                .Throws<InvalidDataException>(() =>
                    ManifestEncoding.Decode("{\n  \"a\": \"1\",\nfals\n\n}\n"u8.ToArray())
                )
                .Message
        );

    [Fact]
    public void What_a_report_records_is_told_by_kind()
    {
        var made = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["plan"] = "1",
            ["data:digits"] = "2",
            ["code:pkg:YamlDotNet"] = "3",
            ["code:activation/relu"] = "4",
        };
        var files = Reporter.Render(Studies.Line, [], made);

        var manifest = Manifest.Read(files["manifest.json"]);

        Assert.Equal(made.OrderBy(entry => entry.Key, StringComparer.Ordinal), manifest.Provenance);
        Assert.Equal(files.Keys.Where(file => file != "manifest.json"), manifest.Files.Keys);
        Assert.All(manifest.Files.Keys, file => Assert.False(manifest.IsEdited(file, files[file])));
        Assert.True(manifest.IsEdited("runs.csv", files["cells.csv"]));
        Assert.Null(manifest.SeedsAtLeast);
    }

    [Fact]
    public void The_seeds_that_every_trial_has_are_recorded_where_trials_may_have_more()
    {
        var tables = Studies.Grid with { Plan = Studies.Grid.Plan with { AtLeast = 2 } };

        Assert.Equal(
            2,
            Manifest
                .Read(
                    Reporter.Render(tables, [], new Dictionary<string, string>(StringComparer.Ordinal))["manifest.json"]
                )
                .SeedsAtLeast
        );
    }

    [Theory]
    [InlineData("code:activation/relu", "code", "activation/relu")]
    [InlineData("code:pkg:YamlDotNet", "code", "pkg:YamlDotNet")]
    [InlineData("file:", "file", "")]
    [InlineData("plan", "plan", null)]
    [InlineData("codes:x", "code", null)]
    [InlineData("data:x", "code", null)]
    public void A_key_has_a_name_among_those_of_its_kind(string key, string kind, string? name) =>
        Assert.Equal(name, ManifestEntry.TryName(key, kind));
}
