using System.Text;
using Pipeline.Artifacts;
using Pipeline.Stages.Report;

namespace Pipeline.Results.Tests;

public sealed class TableTests
{
    private static readonly SortedDictionary<string, byte[]> Files = Render(Claimed.Tables);

    [Fact]
    public void Claims_read_back()
    {
        var read = ClaimsFile.Read(Files[ResultFiles.Claims]);

        Assert.Equal(Claimed.Tables.Plan.Claims.Select(claim => claim.Says), read.Keys);
        Assert.Equal(
            Claimed.Tables.Claims.Select(row =>
                row with
                {
                    Run = null,
                    BestLeft = null,
                    BestRight = null,
                    IsLimitedByRows = false,
                }
            ),
            read.Values
        );
    }

    [Fact]
    public void What_is_quoted_of_a_table_fills_no_page()
    {
        var bytes = Encoding.UTF8.GetBytes($"run,\"se\ned\",{new string('x', 5000)}\n");

        var message = Assert.Throws<InvalidDataException>(() => ClaimsFile.Read(bytes)).Message;

        Assert.Equal("line 1: column 1 is run, not claim; write it again with --target=Report.", message);
        bytes = [.. "claim,verdict\n"u8, .. Encoding.UTF8.GetBytes($"a,\"se\ned{new string('x', 5000)}\"\n")];
        message = Assert.Throws<InvalidDataException>(() => ClaimsFile.ReadVerdicts(bytes)).Message;
        Assert.StartsWith("line 2, column verdict: 'se↵edxxx", message, StringComparison.Ordinal);
        Assert.EndsWith("xxx…; write it again with --target=Report.", message, StringComparison.Ordinal);
        Assert.InRange(message.Length, 1000, 1100);
    }

    [Fact]
    public void Runs_read_back()
    {
        var plan = Studies.WithTrials(Studies.Grid);

        var (_, metrics, runs) = RunsFile.Read(Render(Studies.Grid)[ResultFiles.Runs], plan);

        Assert.Equal(Studies.Grid.Metrics, metrics);
        Assert.Equal(Encode(Studies.Grid), Encode(Studies.Grid with { Runs = runs }));
    }

    [Fact]
    public void The_test_rows_that_a_run_got_right_read_back()
    {
        var study = Studies.Grid with
        {
            Runs =
            [
                .. Studies.Grid.Runs.Select(run =>
                    run.Outcome == RunOutcome.Diverged ? run : run with { Correct = "9:_wE 2:Ag" }
                ),
            ],
        };

        var (_, _, runs) = RunsFile.Read(Render(study)[ResultFiles.Runs]);

        Assert.Equal(study.Runs.Select(run => run.Correct), runs.Select(run => run.Correct));
    }

    [Fact]
    public void Runs_of_an_earlier_version_read_back()
    {
        var now = Encoding.UTF8.GetString(Render(Studies.Grid)[ResultFiles.Runs]);
        var earlier = now.Replace(",steps,", ",step,", StringComparison.Ordinal)
            .Replace(",completed,420,", ",completed,,", StringComparison.Ordinal)
            .Replace(",test_correct\n", "\n", StringComparison.Ordinal)
            .Replace(",-\n", "\n", StringComparison.Ordinal)
            .Replace(",diverged,11,NaN,NaN,NaN\n", ",diverged,10,,,\n", StringComparison.Ordinal)
            .Replace(",diverged,12,NaN,NaN,NaN\n", ",diverged,11,,,\n", StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", earlier, StringComparison.Ordinal);

        var (axes, metrics, runs) = RunsFile.Read(Encoding.UTF8.GetBytes(earlier));

        Assert.Equal(Studies.Grid.Plan.Axes().Select(axis => axis.Key), axes);
        Assert.Equal(Studies.Grid.Metrics, metrics);
        Assert.All(
            Studies.Grid.Runs.Zip(runs),
            pair =>
            {
                Assert.Equal(pair.First.Outcome == RunOutcome.Diverged ? pair.First.Steps : 0, pair.Second.Steps);
                Assert.Equal(pair.First.Metrics, pair.Second.Metrics);
            }
        );
    }

    [Fact]
    public void Cells_read_back()
    {
        var (scientific, nuisance, metrics, cells) = CellsFile.Read(Render(Studies.Grid)[ResultFiles.Cells]);

        Assert.Equal(Studies.Grid.Plan.Scientific.Select(axis => axis.Key), scientific);
        Assert.Equal(Studies.Grid.Plan.Nuisance.Select(axis => axis.Key), nuisance);
        Assert.Equal(Studies.Grid.Metrics, metrics);
        Assert.All(
            Studies.Grid.Cells.Zip(cells, (written, read) => (written, read)),
            cell =>
            {
                Assert.Equal(
                    cell.written.Values.Concat(cell.written.Chosen).Select(Text),
                    cell.read.Values.Concat(cell.read.Chosen).Select(Text)
                );
                Assert.Equal(cell.written.AtEdge, cell.read.AtEdge);
                Assert.Equal((cell.written.Runs, cell.written.Diverged), (cell.read.Runs, cell.read.Diverged));
                Assert.Equal(cell.written.Metrics, cell.read.Metrics);
            }
        );
        Assert.Equal(Studies.Grid.Cells.Count, cells.Count);

        static string Text(Scalar value) => value.ToString();
    }

    [Theory]
    [InlineData("claims.csv", "0.4375", "0.4.375", "line 2, column effect: '0.4.375' is not a number; ")]
    [InlineData("claims.csv", "0.4375", "Infinity", "line 2, column effect: 'Infinity' is not a number; ")]
    [InlineData(
        "claims.csv",
        ",holds,",
        ",hold,",
        "line 2, column verdict: 'hold' is no verdict; the verdicts are holds, refuted, undecided, not_evaluated; "
    )]
    [InlineData("claims.csv", "claim,verdict", "verdict,claim", "line 1: column 1 is verdict, not claim; ")]
    [InlineData("claims.csv", ",basis\n", "\n", "line 1: the column basis is missing; ")]
    [InlineData("claims.csv", ",basis\n", ",basis,more\n", "line 1: column 30 is more, which the table doesn't have; ")]
    [InlineData(
        "claims.csv",
        "Two ways are one",
        "The sigmoid is at chance",
        "line 7, column claim: a line before says the same; "
    )]
    [InlineData("claims.csv", ",-0.5,2,2,", ",-0.5,,2,", "line 4, column pairs: '' is not a whole number; ")]
    [InlineData(
        "runs.csv",
        "completed,420,0.96",
        "completed,x,0.96",
        "line 2, column steps: 'x' is not a whole number; "
    )]
    [InlineData("runs.csv", "completed,420,0.96", "completed,420,NaN0.96", "line 2, column test_accuracy: 'NaN0.96")]
    [InlineData(
        "runs.csv",
        "completed,420,0.96",
        "failed,420,0.96",
        "line 2, column outcome: 'failed' is neither completed nor diverged; "
    )]
    [InlineData("runs.csv", "completed,420,0.96", "completed,0.96", "line 2: there are 12 fields, but 13 columns; ")]
    [InlineData("runs.csv", ",0.96875,-\n", ",0.96875,8:x\n", "line 2, column test_correct: ")]
    [InlineData(
        "runs.csv",
        ",0.96875,-\n",
        ",0.96875,right\n",
        "line 2, column test_correct: 'right' is not 'rows:bits'"
    )]
    [InlineData(
        "claims.csv",
        ",crossed,",
        ",cross,",
        "line 2, column test: 'cross' is no test; the tests are none, crossed, paired, sign, exact; "
    )]
    [InlineData("runs.csv", "\n", "\n\n", "line 2: there are 1 fields, but 13 columns; ")]
    [InlineData("runs.csv", "run,activation", "activation,run", "line 1: column 1 is activation, not run; ")]
    [InlineData("runs.csv", ",steps,", ",step,", "line 1: column 9 is step, not steps; ")]
    [InlineData("runs.csv", "leaky_relu", "\"leaky_relu", "line 2: it can't be read (")]
    [InlineData(
        "runs.csv",
        "leaky_relu",
        "tanh",
        "line 2, column activation: 'tanh' stands where the study has 'leaky_relu'; "
    )]
    [InlineData(
        "runs.csv",
        "test_loss",
        "test_accuracy",
        "line 1, column test_accuracy: there are two columns of this name; "
    )]
    public void A_damaged_table_is_refused_by_line_and_column(string file, string from, string to, string expected)
    {
        var text = Encoding.UTF8.GetString(Files[file]);
        var index = text.IndexOf(from, StringComparison.Ordinal);
        Assert.NotEqual(-1, index);

        Refused(file, $"{text[..index]}{to}{text[(index + from.Length)..]}", expected);
    }

    [Fact]
    public void Rows_that_are_too_many_or_too_few_are_refused()
    {
        var runs = Encoding.UTF8.GetString(Files["runs.csv"]);
        var last = runs[(runs[..^1].LastIndexOf('\n') + 1)..];

        Refused("runs.csv", runs[..^last.Length], "the study has 132 runs, but the file 131; ");
        Refused("runs.csv", runs + last, "line 134: the study has no more than 132 runs; ");
        Refused("runs.csv", "", "the file is empty; ");
    }

    private static void Refused(string file, string text, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(text);

        var exception = Assert.Throws<InvalidDataException>(() =>
            file == ResultFiles.Claims
                ? (object)ClaimsFile.Read(bytes)
                : RunsFile.Read(bytes, Studies.WithTrials(Studies.Grid))
        );

        Assert.StartsWith(expected, exception.Message, StringComparison.Ordinal);
        Assert.EndsWith("; write it again with --target=Report.", exception.Message, StringComparison.Ordinal);
    }

    private static byte[] Encode(StudyTables tables) => ArtifactEncoding.Encode(tables);

    private static SortedDictionary<string, byte[]> Render(StudyTables tables) =>
        Reporter.Render(tables, [], new Dictionary<string, string>(StringComparer.Ordinal));
}
