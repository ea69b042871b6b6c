using System.Text.RegularExpressions;
using Pipeline.Stages.Expand;
using Pipeline.Stages.Expand.Schema;
using Pipeline.Stages.Expand.Yaml;

namespace Pipeline.Docs.Tests;

/// <summary>The table of a run's parameters says what the schema says.</summary>
public sealed partial class ParameterTests
{
    private static readonly MarkdownTable Table = MarkdownTable.Of("experiments/README.md", "parameter");

    public static TheoryData<string> Keys => [.. RunParameters.Keys];

    [Fact]
    public void The_table_has_the_parameters_in_their_order_and_no_others() =>
        Assert.Equal(RunParameters.Keys, Table.Rows.Select(row => MarkdownTable.Plain(row[0])));

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_parameter_has_the_default_of_the_schema(string key) =>
        Assert.Equal(RunParameters.Find(key)!.Default is { } value ? $"`{value}`" : "required", Row(key)[3]);

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_parameter_is_there_where_the_schema_says(string key) =>
        Assert.Equal(
            RunParameters.Find(key)!.AppliesWhen is { } when
                ? $"`{when.Key}` is {string.Join(" or ", when.Values.Select(value => $"`{value}`"))}"
                : "",
            Row(key)[4]
        );

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_parameter_takes_the_values_of_the_schema(string key)
    {
        var type = RunParameters.Find(key)!.Type;
        if (type is Name)
        {
            Assert.Equal(
                Words.Where(word => Takes(type, key, word)).Order(StringComparer.Ordinal),
                MarkdownTable.Codes(Row(key)[2]).Order(StringComparer.Ordinal)
            );
            return;
        }
        // That names take arguments, and how several are written, stands above the table once.
        var expected = type switch
        {
            Operation => type
                .Expectation.Replace("the name of ", "", StringComparison.Ordinal)
                .Replace(", with arguments in parentheses where it takes some", "", StringComparison.Ordinal),
            OperationChain => type.Expectation.Replace(
                " of them joined by '+' or in a list",
                "",
                StringComparison.Ordinal
            ),
            _ => type.Expectation,
        };
        Assert.Equal(expected, MarkdownTable.Plain(Row(key)[2]));
    }

    [Fact]
    public void A_default_is_a_value() =>
        Assert.All(
            RunParameters.All.Where(parameter => parameter.Default is not null),
            parameter => Assert.True(Takes(parameter.Type, parameter.Key, parameter.Default!))
        );

    /// <summary>Every word that the sources or the catalogues know: whatever name a parameter takes is one of them.</summary>
    private static IReadOnlySet<string> Words { get; } =
        Documents
            .Find(Documents.PathOf("src/Stages/Expand"), "*.cs")
            .Append(Documents.PathOf("src/Artifacts/ParameterUse.cs"))
            .SelectMany(source => Literal().Matches(Documents.Read(source)).Select(match => match.Groups["name"].Value))
            .Concat(StudyNames.Vocabulary.Kinds.SelectMany(kind => kind.Names))
            .ToHashSet(StringComparer.Ordinal);

    private static IReadOnlyList<string> Row(string key) => Table.Rows.Single(row => row[0] == $"`{key}`");

    private static bool Takes(ParameterType type, string key, string text)
    {
        try
        {
            type.Read(key, new ScalarNode(default, text), StudyNames.Vocabulary);
            return true;
        }
        catch (StudyException)
        {
            return false;
        }
    }

    [GeneratedRegex("\"(?<name>[a-z_0-9]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Literal();
}
