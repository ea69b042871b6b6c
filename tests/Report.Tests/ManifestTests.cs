using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Pipeline.Stages.Report.Tests;

public sealed class ManifestTests
{
    [Fact]
    public void Entries_stand_a_line_each_in_ordinal_order() =>
        Assert.Equal(
            "{\n  \"B\": \"1\",\n  \"a\": \"\\\"×\\\"\"\n}\n",
            Encoding.UTF8.GetString(
                Manifest.Write(new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "\"×\"", ["B"] = "1" })
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

                    var bytes = Manifest.Write(forwards);

                    Assert.Equal(bytes, Manifest.Write(backwards));
                    Assert.Equal(forwards.OrderBy(e => e.Key, StringComparer.Ordinal), Manifest.Read(bytes));
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
}
