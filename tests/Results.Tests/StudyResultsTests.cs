using System.Text;
using Microsoft.Data.Analysis;
using Pipeline.Artifacts;
using Pipeline.Stages.Report;

namespace Pipeline.Results.Tests;

public sealed class StudyResultsTests
{
    private const string Header =
        "run,batch_norm,size,rate,optimizer.momentum,code,seed,outcome,steps,test_loss,test_correct\n";

    private static readonly StudyResults Grid = Rendered(Studies.Grid);
    private static readonly StudyResults WithClaims = Rendered(Claimed.Tables);

    [Fact]
    public void Runs_have_the_columns_of_the_file_in_its_order_and_their_types() =>
        Assert.Equal(
            [
                ("run", typeof(string)),
                ("activation", typeof(string)),
                ("initialization", typeof(string)),
                ("normalization", typeof(string)),
                ("learning_rate", typeof(double)),
                ("optimizer.weight_decay", typeof(double)),
                ("seed", typeof(long)),
                ("outcome", typeof(string)),
                ("steps", typeof(long)),
                ("test_accuracy", typeof(double)),
                ("test_loss", typeof(double)),
                ("validation_accuracy", typeof(double)),
                ("test_correct", typeof(string)),
            ],
            Types(Grid.Runs)
        );

    [Fact]
    public void Runs_hold_the_bits_of_every_number_in_the_order_of_the_plan()
    {
        var runs = Studies.Grid.Runs;

        Assert.Equal(runs.Select(run => run.Run), Grid.Runs["run"].Cast<string>());
        Assert.Equal(runs.Select(run => run.Values[0].ToString()), Grid.Runs["activation"].Cast<string>());
        Assert.Equal(runs.Select(run => run.Values[3].ToDouble()), Numbers(Grid.Runs, "learning_rate"));
        Assert.Equal(runs.Select(run => (long)run.Seed), Grid.Runs["seed"].Cast<long>());
        Assert.Equal(runs.Select(run => (long)run.Steps), Grid.Runs["steps"].Cast<long>());
        for (var metric = 0; metric < Studies.Grid.Metrics.Count; metric++)
            Assert.Equal(
                runs.Select(run => BitConverter.DoubleToInt64Bits(run.Metrics[metric] ?? double.NaN)),
                Numbers(Grid.Runs, Studies.Grid.Metrics[metric]).Select(BitConverter.DoubleToInt64Bits)
            );
    }

    [Fact]
    public void A_diverged_run_has_NaN_and_no_table_has_nulls()
    {
        var diverged = Grid.Runs.Filter(Grid.Runs["outcome"].ElementwiseEquals("diverged"));

        Assert.Equal(Studies.Grid.Runs.Count(run => run.Outcome == RunOutcome.Diverged), diverged.Rows.Count);
        Assert.NotEqual(0, diverged.Rows.Count);
        Assert.All(Numbers(diverged, "test_loss"), loss => Assert.Equal(double.NaN, loss));
        Assert.Equal(double.NaN, diverged["test_loss"].Mean());
        Assert.All(
            (DataFrame[])[Grid.Runs, Grid.Cells, WithClaims.Claims, WithClaims.Layers],
            table => Assert.All(table.Columns, column => Assert.Equal(0, column.NullCount))
        );
    }

    [Fact]
    public void Cells_have_truths_whole_numbers_and_estimates()
    {
        var types = Types(Grid.Cells).ToDictionary(StringComparer.Ordinal);

        Assert.Equal(typeof(string), types["activation"]);
        Assert.Equal(typeof(double), types["learning_rate"]);
        Assert.Equal(typeof(bool), types["learning_rate_at_edge"]);
        Assert.Equal(typeof(long), types["runs"]);
        Assert.Equal(typeof(long), types["diverged"]);
        Assert.Equal(typeof(double), types["test_accuracy_low"]);
        Assert.Equal(
            Studies.Grid.Cells.Select(cell => cell.AtEdge[0]),
            Grid.Cells["learning_rate_at_edge"].Cast<bool>()
        );
        Assert.Equal(
            Studies.Grid.Cells.Select(cell => cell.Metrics[0].Mean ?? double.NaN),
            Numbers(Grid.Cells, "test_accuracy")
        );
    }

    [Fact]
    public void Claims_have_text_where_the_page_says_so_though_it_looks_like_a_number()
    {
        var table = Encoding.UTF8.GetString(WithClaims.Find("claims.csv")!);
        Assert.Contains("\"\"\"Better activations\"\"\"", table, StringComparison.Ordinal);
        var claims = Made(
            ("claims.csv", table.Replace("\"\"\"Better activations\"\"\"", "2015", StringComparison.Ordinal))
        ).Claims;

        Assert.Equal(
            "claim,verdict,metric,left,relation,right,scale,test,reason,source,basis",
            string.Join(',', Types(claims).Where(column => column.Type == typeof(string)).Select(column => column.Name))
        );
        Assert.Equal(
            "pairs,looks",
            string.Join(',', Types(claims).Where(column => column.Type == typeof(long)).Select(column => column.Name))
        );
        Assert.Equal(Claimed.Tables.Claims.Select(claim => claim.For ?? double.NaN), Numbers(claims, ClaimColumns.For));
        Assert.Equal("2015", claims["source"][0]);
        Assert.Equal(ClaimColumns.All, claims.Columns.Select(column => column.Name));
        Assert.Contains("", claims["reason"].Cast<string>());
        Assert.Equal(
            Claimed.Tables.Claims.Select(claim => claim.Effect ?? double.NaN),
            Numbers(claims, ClaimColumns.Effect)
        );
        Assert.Equal(Claimed.Tables.Claims.Select(claim => claim.P ?? double.NaN), Numbers(claims, ClaimColumns.P));
    }

    [Fact]
    public void Layers_are_of_cells_epochs_layers_and_probes()
    {
        Assert.Equal(
            [
                ("activation", typeof(string)),
                ("initialization", typeof(string)),
                ("normalization", typeof(string)),
                ("epoch", typeof(long)),
                ("layer", typeof(long)),
                ("name", typeof(string)),
                ("probe", typeof(string)),
                ("mean", typeof(double)),
                ("low", typeof(double)),
                ("high", typeof(double)),
                ("runs", typeof(long)),
            ],
            Types(WithClaims.Layers)
        );
        Assert.Equal(Claimed.Tables.Layers.Select(row => (long)row.Epoch), WithClaims.Layers["epoch"].Cast<long>());
    }

    [Fact]
    public void The_values_of_an_axis_tell_its_type()
    {
        var runs = Made(
            (
                "runs.csv",
                Header
                    + "a,true,1,1E-05,none,007,3,completed,9,0.1,4:Dw\n"
                    + "b,false,16,0.1,0.9,008,4,diverged,2,NaN,-\n"
                    + "c,true,2,1,0.5,009,5,completed,9,,-\n"
            )
        ).Runs;

        Assert.Equal([true, false, true], runs["batch_norm"].Cast<bool>());
        Assert.Equal([1.0, 16, 2], Numbers(runs, "size"));
        Assert.Equal([1e-5, 0.1, 1], Numbers(runs, "rate"));
        Assert.Equal(["none", "0.9", "0.5"], runs["optimizer.momentum"].Cast<string>());
        Assert.Equal(["007", "008", "009"], runs["code"].Cast<string>());
        Assert.Equal([0.1, double.NaN, double.NaN], Numbers(runs, "test_loss"));
    }

    [Fact]
    public void An_axis_that_mixes_words_and_numbers_is_text_in_the_table_of_the_cells_too()
    {
        var study = Made(
            (
                "runs.csv",
                Header
                    + "a,true,1,0.1,none,x,3,completed,9,0.1,4:Dw\n"
                    + "b,true,1,0.1,0.9,x,3,completed,9,0.1,4:Dw\n"
                    + "c,true,1,2,0.9,x,3,completed,9,0.1,4:Dw\n"
            ),
            (
                "cells.csv",
                "optimizer.momentum,rate,rate_at_edge,runs,diverged,test_loss,test_loss_low,test_loss_high\n"
                    + "0.9,2,false,1,0,0.1,NaN,NaN\n"
            )
        );

        Assert.Equal("0.9", study.Cells["optimizer.momentum"][0]);
        var chosen = study.Runs.Merge(
            study.Cells,
            ["optimizer.momentum", "rate"],
            ["optimizer.momentum", "rate"],
            "",
            "_of_cell",
            JoinAlgorithm.Inner
        );
        Assert.Equal("c", Assert.Single(chosen["run"].Cast<string>()));
    }

    [Fact]
    public void A_study_without_claims_and_probes_has_tables_without_rows()
    {
        var study = Rendered(Studies.Line);

        Assert.Equal((0, 29), (study.Claims.Rows.Count, study.Claims.Columns.Count));
        Assert.Equal((0, 8), (study.Layers.Rows.Count, study.Layers.Columns.Count));
        Assert.Equal(typeof(double), study.Claims["p"].DataType);
        Assert.True(study.IsWithout("claims.csv"));
        Assert.False(study.IsWithout("runs.csv"));
        Assert.Equal(Studies.Line.Runs.Count, study.Runs.Rows.Count);
    }

    [Fact]
    public void A_file_that_the_manifest_has_and_the_folder_lacks_is_missing()
    {
        var files = Reporter.Render(Claimed.Tables, [], new Dictionary<string, string>(StringComparer.Ordinal));
        files.Remove("claims.csv");
        var study = StudyResults.Of("1a2b3c4:results/made/", files);

        Assert.StartsWith(
            "1a2b3c4:results/made/claims.csv is missing: write it with --target=Report",
            Refused(() => study.Claims),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_folder_is_read_file_by_file_when_it_is_asked_for_one()
    {
        var folder = Directory.CreateTempSubdirectory("results-tests-").FullName;
        try
        {
            var study = StudyResults.Open(folder);
            Assert.Equal($"{folder}/runs.csv is missing: write it with --target=Report.", Refused(() => study.Runs));

            foreach (
                var (name, bytes) in Reporter.Render(
                    Studies.Grid,
                    [],
                    new Dictionary<string, string>(StringComparer.Ordinal)
                )
            )
                File.WriteAllBytes(Path.Combine(folder, name), bytes);
            study = StudyResults.Open(folder + "/");

            Assert.Equal(Types(Grid.Cells), Types(study.Cells));
            Assert.Equal(Grid.Manifest.Files, study.Manifest.Files);
            Assert.False(study.IsEdited("runs.csv"));
            Assert.False(study.Has("runs.txt"));
            File.AppendAllText(Path.Combine(folder, "runs.csv"), "\n");
            Assert.True(StudyResults.Open(folder).IsEdited("runs.csv"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("runs.csv", ",completed,420,", ",completed,x,", "line 2, column steps: 'x' is not a whole number; ")]
    [InlineData("runs.csv", ",0.96", ",much", "line 2, column test_accuracy: 'much")]
    [InlineData("runs.csv", ",steps,", ",step,", "line 1: the column steps is missing; ")]
    [InlineData("cells.csv", ",true,", ",yes,", "column learning_rate_at_edge: 'yes' is neither true nor false; ")]
    [InlineData("cells.csv", "0.01,true", "tiny,true", "column learning_rate: 'tiny' is not a number; ")]
    [InlineData("manifest.json", "{", "[", "This is not the manifest of a study's results (")]
    public void A_damaged_file_is_named_with_line_column_and_remedy(
        string file,
        string from,
        string to,
        string expected
    )
    {
        var text = Encoding.UTF8.GetString(Grid.Find(file)!);
        var index = text.IndexOf(from, StringComparison.Ordinal);
        Assert.NotEqual(-1, index);
        var study = Made(
            ("runs.csv", Encoding.UTF8.GetString(Grid.Find("runs.csv")!)),
            (file, $"{text[..index]}{to}{text[(index + from.Length)..]}")
        );

        var sentence = Refused(() =>
            file == "runs.csv" ? study.Runs
            : file == "cells.csv" ? study.Cells
            : study.Manifest
        );

        Assert.StartsWith($"made/{file}: ", sentence, StringComparison.Ordinal);
        Assert.Contains(expected, sentence, StringComparison.Ordinal);
        Assert.EndsWith("; write it again with --target=Report.", sentence, StringComparison.Ordinal);
    }

    private static string Refused(Func<object> read) => Assert.Throws<PipelineException>(read).Message;

    private static IEnumerable<double> Numbers(DataFrame table, string column) => table[column].Cast<double>();

    private static IEnumerable<(string Name, Type Type)> Types(DataFrame table) =>
        table.Columns.Select(column => (column.Name, column.DataType));

    private static StudyResults Made(params (string Name, string Text)[] files)
    {
        var bytes = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (name, text) in files)
            bytes[name] = Encoding.UTF8.GetBytes(text);
        return StudyResults.Of("made/", bytes);
    }

    private static StudyResults Rendered(StudyTables tables) =>
        StudyResults.Of("made/", Reporter.Render(tables, [], new Dictionary<string, string>(StringComparer.Ordinal)));
}
