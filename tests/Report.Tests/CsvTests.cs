using System.Globalization;
using CsvHelper;
using FsCheck;
using FsCheck.Fluent;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Report.Tests;

public sealed class CsvTests
{
    [Fact]
    public void Any_field_reads_back_as_it_was_written()
    {
        var field = ArbMap
            .Default.GeneratorFor<NonNull<string>>()
            .Select(text => text.Get)
            .Where(text => !text.Any(char.IsSurrogate));
        Check.One(
            Config.QuickThrowOnFailure,
            Prop.ForAll(
                Arb.From(Gen.ArrayOf(field.Two())),
                rows =>
                {
                    var written = rows.Select(row => new[] { "x" + row.Item1, row.Item2 }).ToArray();

                    Assert.Equal(written.Prepend(["first", "second"]), Read(Csv.Write(["first", "second"], written)));
                }
            )
        );
    }

    [Fact]
    public void The_runs_read_back()
    {
        var rows = Read(
            Reporter.Render(Studies.Grid, [], new Dictionary<string, string>(StringComparer.Ordinal))[ResultFiles.Runs]
        );

        Assert.Equal(Studies.Grid.Runs.Count + 1, rows.Count);
        Assert.All(
            Studies.Grid.Runs.Zip(rows.Skip(1)),
            pair =>
            {
                var (run, fields) = pair;
                var axes = run.Values.Count;
                Assert.Equal(run.Run, fields[0]);
                Assert.Equal(run.Values.Select(value => value.ToString()), fields[1..(axes + 1)]);
                Assert.Equal(run.Seed, int.Parse(fields[axes + 1], CultureInfo.InvariantCulture));
                Assert.Equal(run.Outcome == RunOutcome.Diverged, fields[axes + 2] == "diverged");
                Assert.Equal(run.Steps, int.Parse(fields[axes + 3], CultureInfo.InvariantCulture));
                Assert.Equal(run.Metrics, fields[(axes + 4)..^1].Select(Optional));
                Assert.Equal(run.Correct ?? "-", fields[^1]);
            }
        );
    }

    [Fact]
    public void Numbers_are_shortest_and_what_is_not_finite_is_not_a_number()
    {
        Assert.Equal("0.1", Csv.Number(0.1));
        Assert.Equal("1E-05", Csv.Number(1e-5));
        Assert.Equal("1", Csv.Number(1.0));
        Assert.Equal("NaN", Csv.Number(double.NaN));
        Assert.Equal("NaN", Csv.Number(double.NegativeInfinity));
        Assert.Equal("NaN", Csv.Number(null));
    }

    [Fact]
    public void A_run_that_failed_has_no_place_in_a_table()
    {
        var failed = Studies.Line with { Runs = [Studies.Line.Runs[0] with { Outcome = RunOutcome.Failed }] };

        Assert.Throws<ArgumentOutOfRangeException>(() => RunsFile.Write(failed));
    }

    private static double? Optional(string field) =>
        field == "NaN" ? null : double.Parse(field, CultureInfo.InvariantCulture);

    private static List<string[]> Read(byte[] bytes)
    {
        using var csv = CsvReader.Create(new MemoryStream(bytes), new CsvReaderOptions { HasHeader = false });
        var rows = new List<string[]>();
        while (csv.Read())
            rows.Add([.. Enumerable.Range(0, csv.FieldCount).Select(i => csv.GetString(i))]);
        return rows;
    }
}
