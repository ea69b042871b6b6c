using System.Globalization;
using CsvHelper;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Report.Tests;

/// <summary>
/// That each column is of one type, which its first rows tell: what loads a table without being told its
/// types, as pandas, R's <c>read.csv</c> and <c>DataFrame.LoadCsv</c> of Microsoft.Data.Analysis do, gets
/// numbers where there are numbers.
/// </summary>
public sealed class CsvTypeTests
{
    // LoadCsv looks at ten lines, the header among them.
    private const int Guessed = 9;

    private static readonly Dictionary<string, Func<StudyTables, byte[]>> Files = new(StringComparer.Ordinal)
    {
        ["cells.csv"] = CellsFile.Write,
        ["claims.csv"] = ClaimsFile.Write,
        ["layers.csv"] = LayersFile.Write,
        ["runs.csv"] = RunsFile.Write,
    };

    private static readonly StudyTables MissingFirst = Claimed.Tables with
    {
        Plan = Claimed.Tables.Plan with
        {
            Claims =
            [
                .. Exact.Select((claim, i) => claim.Claim with { Says = $"Exact {i}" }),
                .. Claimed.Tables.Plan.Claims,
            ],
        },
        Runs = [.. Studies.Grid.Runs.OrderBy(run => run.Outcome == RunOutcome.Completed)],
        Cells =
        [
            .. Enumerable.Repeat(
                Studies.Grid.Cells[^1] with
                {
                    Metrics = [.. Studies.Grid.Metrics.Select(_ => new Estimate(null, null, null))],
                },
                Guessed + 1
            ),
            .. Studies.Grid.Cells,
        ],
        Claims = [.. Exact.Select(claim => claim.Row), .. Claimed.Tables.Claims],
        Layers =
        [
            .. Enumerable.Repeat(
                Claimed.Tables.Layers[0] with
                {
                    Value = new(null, null, double.NegativeInfinity),
                },
                Guessed + 1
            ),
            .. Claimed.Tables.Layers,
        ],
    };

    private static IEnumerable<(Claim Claim, ClaimRow Row)> Exact =>
        Enumerable
            .Range(0, Guessed + 1)
            .Select(i =>
                Claimed
                    .Tables.Plan.Claims.Zip(Claimed.Tables.Claims)
                    .Where(claim => !claim.First.IsStatistical)
                    .ElementAt(i % 2)
            );

    [Fact]
    public void The_first_rows_tell_the_type_of_every_column()
    {
        foreach (
            var tables in (StudyTables[])
                [Studies.Grid, Studies.Line, Studies.Point, Studies.Diverged, Claimed.Tables, MissingFirst]
        )
        {
            foreach (var (file, write) in Files)
            {
                Assert.All(
                    Columns(write(tables)),
                    column =>
                    {
                        var type = Guess(column.Fields);

                        Assert.Equal(
                            (file, column.Name, type),
                            (file, column.Name, Guess(column.Fields.Take(Guessed)))
                        );
                        if (type != typeof(string))
                            Assert.All(
                                column.Fields,
                                field => Assert.Equal((file, column.Name, type), (file, column.Name, TypeOf(field)))
                            );
                    }
                );
            }
        }
    }

    [Theory]
    [InlineData("claims.csv", "claim,verdict,metric,left,relation,right,scale,test,reason,source,basis", "")]
    [InlineData("layers.csv", "activation,initialization,normalization,name,probe", "")]
    [InlineData("runs.csv", "run,activation,initialization,normalization,outcome,test_correct", "")]
    [InlineData(
        "cells.csv",
        "activation,initialization,normalization",
        "learning_rate_at_edge,optimizer.weight_decay_at_edge"
    )]
    public void What_is_no_text_and_not_true_or_false_is_a_number(string file, string texts, string flags)
    {
        var columns = Columns(Files[file](MissingFirst))
            .ToLookup(column => Guess(column.Fields), column => column.Name);

        Assert.Equal(texts, string.Join(',', columns[typeof(string)]));
        Assert.Equal(flags, string.Join(',', columns[typeof(bool)]));
        Assert.Empty(columns[typeof(DateTime)]);
    }

    /// <summary>
    /// The guess of LoadCsv: of the types of the fields that are not empty the most general one,
    /// text where all are empty.
    /// </summary>
    private static Type Guess(IEnumerable<string> fields)
    {
        var types = fields.Where(field => field.Length > 0).Select(TypeOf).ToHashSet();
        return types.Count == 0
            ? typeof(string)
            : new[] { typeof(string), typeof(float), typeof(bool), typeof(DateTime) }.First(types.Contains);
    }

    private static Type TypeOf(string field) =>
        bool.TryParse(field, out _) ? typeof(bool)
        : float.TryParse(field, CultureInfo.InvariantCulture, out _) ? typeof(float)
        : DateTime.TryParse(field, CultureInfo.InvariantCulture, out _) ? typeof(DateTime)
        : typeof(string);

    private static IEnumerable<(string Name, IReadOnlyList<string> Fields)> Columns(byte[] bytes)
    {
        using var csv = CsvReader.Create(new MemoryStream(bytes), new CsvReaderOptions { HasHeader = false });
        var rows = new List<string[]>();
        while (csv.Read())
            rows.Add([.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)]);
        return rows[0].Select((name, i) => (name, (IReadOnlyList<string>)[.. rows.Skip(1).Select(row => row[i])]));
    }
}
