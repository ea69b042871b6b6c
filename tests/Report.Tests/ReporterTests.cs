using System.Text;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Report.Tests;

public sealed class ReporterTests
{
    private static readonly Dictionary<string, string> Provenance = new(StringComparer.Ordinal)
    {
        ["study"] = new('0', 64),
        ["data:digits"] = new('1', 64),
        ["code:Pipeline.Stages.Train"] = new('2', 64),
    };

    [Theory]
    [InlineData("README.md")]
    [InlineData("runs.csv")]
    [InlineData("cells.csv")]
    [InlineData("manifest.json")]
    public void The_files_of_a_grid(string file) =>
        Snapshot.Matches("grid-" + file, Reporter.Render(Studies.Grid, [], Provenance)[file]);

    [Fact]
    public void The_page_of_a_study_with_one_axis_and_one_seed() =>
        Snapshot.Matches("line-README.md", Page(Studies.Line));

    [Fact]
    public void The_page_of_a_study_with_a_single_cell() => Snapshot.Matches("point-README.md", Page(Studies.Point));

    [Fact]
    public void The_page_of_a_study_of_which_no_run_completed() =>
        Snapshot.Matches("diverged-README.md", Page(Studies.Diverged));

    [Fact]
    public void The_tables_of_a_study_with_one_axis_and_one_seed()
    {
        var files = Reporter.Render(Studies.Line, [], Provenance);

        Snapshot.Matches("line-runs.csv", files["runs.csv"]);
        Snapshot.Matches("line-cells.csv", files["cells.csv"]);
    }

    [Fact]
    public void A_study_of_no_cells_has_a_page()
    {
        var page = Encoding.UTF8.GetString(Page(Studies.Line with { Runs = [], Cells = [] }));

        Assert.Contains("No run has a test accuracy.", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Cells_that_are_best_alike_are_all_named()
    {
        var page = Encoding.UTF8.GetString(Page(Studies.Line));

        Assert.Contains(
            "**Best cell.** `model.depth=2`; `model.depth=4`, with a test accuracy of 87.5 %.",
            page,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_part_of_a_grid_shows_no_empty_rows_and_columns()
    {
        var part = Studies.Grid with
        {
            Cells = [.. Studies.Grid.Cells.Where(cell => cell.Values[1] == Scalar.Of("normal(0.01)"))],
        };

        var page = Encoding.UTF8.GetString(Page(part));

        Assert.Contains(
            """
            ### `normalization=none`

            | `activation` ↓ `initialization` → | `normal(0.01)` |
            | --- | ---: |
            | `leaky_relu` | **77.5 ± 0.8** |
            | `tanh` | 52.5 ± 0.8 |

            """,
            page,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Files_are_UTF8_without_a_byte_order_mark_and_end_in_one_line_feed()
    {
        Assert.All(
            Reporter.Render(Studies.Grid, [], Provenance).Values,
            bytes =>
            {
                Assert.NotEqual(0xEF, bytes[0]);
                Assert.Equal((byte)'\n', bytes[^1]);
                Assert.NotEqual((byte)'\n', bytes[^2]);
                Assert.DoesNotContain((byte)'\r', bytes);
            }
        );
    }

    [Fact]
    public void Tables_read_back_from_their_encoding_give_the_same_files()
    {
        var expected = Reporter.Render(Studies.Grid, [], Provenance);
        var actual = Reporter.Render(
            ArtifactEncoding.DecodeStudyTables(ArtifactEncoding.Encode(Studies.Grid)),
            [],
            Provenance
        );

        Assert.Equal(expected.Keys, actual.Keys);
        Assert.All(expected, file => Assert.Equal(file.Value, actual[file.Key]));
    }

    [Fact]
    public void The_manifest_holds_the_digest_of_every_other_file()
    {
        var files = Reporter.Render(Studies.Grid, [], Provenance);
        var manifest = ManifestEncoding.Decode(files[ResultFiles.Manifest]);

        foreach (var (name, bytes) in files.Where(file => file.Key != ResultFiles.Manifest))
            Assert.Equal(Digest.Of(bytes), manifest["file:" + name]);
        Assert.All(Provenance, entry => Assert.Equal(entry.Value, manifest[entry.Key]));
    }

    [Theory]
    [InlineData("file:runs.csv")]
    [InlineData("study:title")]
    public void Provenance_may_not_name_what_the_report_writes_itself(string key)
    {
        var exception = Assert.Throws<ArgumentException>(() =>
            Reporter.Render(Studies.Grid, [], new Dictionary<string, string>(StringComparer.Ordinal) { [key] = "" })
        );

        Assert.Contains($"'{key}'", exception.Message, StringComparison.Ordinal);
    }

    private static byte[] Page(StudyTables tables) => Reporter.Render(tables, [], Provenance)["README.md"];
}
