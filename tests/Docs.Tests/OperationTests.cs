using System.Globalization;
using Pipeline.Stages.Expand;

namespace Pipeline.Docs.Tests;

/// <summary>Every table that lists operations lists those that there are, with their arguments and defaults.</summary>
public sealed class OperationTests
{
    private const string Studies = "experiments/README.md";
    private const string Networks = "src/Networks/README.md";

    public static TheoryData<string> Kinds => [.. StudyNames.Vocabulary.Kinds.Select(kind => kind.Kind)];

    public static TheoryData<string> NetworkKinds =>
        ["activation", "initializer", "normalization", "optimizer", "loss", "loss scale", "schedule"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_table_of_operations_has_a_row_for_each(string kind)
    {
        var tables = Documents
            .Written.SelectMany(page => MarkdownTable.All(Documents.Read(page)).Where(table => table.Header[0] == kind))
            .ToList();

        Assert.Contains(MarkdownTable.All(Documents.Read(Studies)), table => table.Header[0] == kind);
        Assert.All(
            tables,
            table => AssertComplete(kind, [.. table.Rows.SelectMany(row => MarkdownTable.Codes(row[0]))])
        );
    }

    [Theory]
    [MemberData(nameof(NetworkKinds))]
    public void The_table_of_the_networks_catalogues_names_each(string kind)
    {
        var row = Assert.Single(MarkdownTable.Of(Networks, "catalogue").Rows, row => row[0] == kind);

        AssertComplete(kind, [.. MarkdownTable.Codes(row[1])]);
    }

    [Fact]
    public void The_table_of_the_networks_catalogues_has_no_other() =>
        Assert.Equal(
            NetworkKinds.Select<object[], string>(row => (string)row[0]).Order(StringComparer.Ordinal),
            MarkdownTable.Of(Networks, "catalogue").Rows.Select(row => row[0]).Order(StringComparer.Ordinal)
        );

    private static void AssertComplete(string kind, IReadOnlyList<string> calls)
    {
        var catalogue = StudyNames.Kind(kind);
        Assert.Equal(catalogue.Names.Order(StringComparer.Ordinal), calls.Select(Name).Order(StringComparer.Ordinal));
        // A study gives an optimizer's arguments as parameters of their own: a table of names alone is complete.
        if (kind != "optimizer" || calls.Any(call => call.Contains('(', StringComparison.Ordinal)))
            Assert.All(calls, call => AssertArguments(catalogue, call));
    }

    /// <summary>
    /// An argument is written as its name, as its default or as <c>name = default</c>; which can be
    /// left out, the catalogue says.
    /// </summary>
    private static void AssertArguments(OperationKind catalogue, string call)
    {
        var given = call.Contains('(', StringComparison.Ordinal) ? call[(Name(call).Length + 1)..^1].Split(',') : [];
        var parameters = catalogue.Parameters(Name(call));
        Assert.True(
            given.Length == parameters.Count,
            $"{call} has {parameters.Count} arguments: {string.Join(", ", parameters)}"
        );
        Assert.All(
            given.Zip(parameters),
            pair =>
            {
                string[] parts = [.. pair.First.Split('=').Select(part => part.Trim())];
                double? value = double.TryParse(
                    parts[^1],
                    NumberStyles.Float,
                    CultureInfo.InvariantCulture,
                    out var number
                )
                    ? number
                    : null;
                Assert.True(
                    value == pair.Second.Default,
                    $"{call}: the default of {pair.Second.Name} is {pair.Second.Default}."
                );
                Assert.True(
                    value is not null && parts.Length == 1 || parts[0] == pair.Second.Name,
                    $"{call}: there is no {parts[0]} but {pair.Second.Name}."
                );
            }
        );
    }

    private static string Name(string call) => call.Split('(')[0];
}
