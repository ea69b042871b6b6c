using System.Text;
using Pipeline.Stages.Preprocess.DataSets;

namespace Pipeline.Preprocess.Tests;

/// <summary>What is a mistake mostly is refused with line and remedy, and read where the description allows it.</summary>
public sealed class CsvMistakesTests : IDisposable
{
    private readonly Described data = new();

    public void Dispose() => data.Dispose();

    [Theory]
    [InlineData("NA")]
    [InlineData("N/A")]
    [InlineData("#N/A")]
    [InlineData("nan")]
    [InlineData("NaN")]
    [InlineData("NULL")]
    [InlineData("None")]
    [InlineData("?")]
    public void A_class_that_says_it_is_missing(string label)
    {
        var text = $"1,a\n2,b\n3,{label}\n";

        Assert.Equal(
            $"x.csv:3: the class '{label}' in column 2 says that it is missing; fill missing values in, leave the row out, "
                + "or write allow: missing_labels in the description if it is meant.",
            Refusal(text)
        );
        Assert.Equal(3, Read(text, allow: "missing_labels").Classes);
    }

    [Fact]
    public void A_class_with_a_decimal_comma()
    {
        Begins(
            "x.csv:2: the class '1,5' in column 2 is a number with a comma; write a point before decimals, as in 1.5,",
            Refusal("1,2\n2,\"1,5\"\n")
        );
        Assert.Equal(2, Read("1,2\n2,\"1,5\"\n", allow: "decimal_commas").Classes);
        Assert.Equal(2, Read("1,\"a, b\"\n2,\"b,5x\"\n").Classes);
    }

    [Fact]
    public void A_header_that_is_not_declared()
    {
        Assert.Equal(
            "x.csv:1: 'length' in column 1 is not a number; if the row names the columns, add header: true to the description.",
            Refusal("length,width,species\n1,2,a\n3,4,b\n")
        );
        Begins(
            "x.csv:1: column 1 is empty; if the row names the columns, add header: true to the description",
            Refusal(",0,1\n0,2,a\n1,4,b\n")
        );
    }

    [Theory]
    [InlineData("0.5,label\n1,0\n2,1\n3,0\n", "the class 'label' is a text and all others are numbers", 3)]
    [InlineData("0,1,2\n5,6,0\n7,8,1\n", "the row reads 0, 1, … 2, as pandas names columns", 3)]
    public void A_first_row_that_reads_like_a_header(string text, string sentence, int classes)
    {
        Begins($"x.csv:1: {sentence}", Refusal(text));
        Assert.EndsWith(
            "or write allow: first_row_like_header in the description if it is meant.",
            Refusal(text),
            StringComparison.Ordinal
        );
        Assert.Equal(classes, Read(text, allow: "first_row_like_header").Classes);
    }

    [Fact]
    public void A_sample_that_is_declared_a_header()
    {
        const string Text = "5.1,3.5,0\n4.9,3,1\n6,3,0\n";

        Begins("x.csv:1: the header holds numbers only, as if it were a sample", Refusal(Text, true));
        Assert.Equal([1, 0], Read(Text, true, "header_of_numbers").Labels);
        Assert.Equal([0, 1], Read("1990,2000,2010\n1,2,0\n3,4,1\n", true).Labels);
    }

    [Fact]
    public void A_line_that_ends_in_a_comma()
    {
        const string Text = "x,c,\n7,a,1\n9,b,2\n";

        Assert.Equal(
            "x.csv:1: column 3 has no name, as if each line ended in one separator too many: take it away, name the column, "
                + "or write allow: unnamed_column in the description if it is meant.",
            Refusal(Text, true)
        );
        Assert.Equal([2], Read("x,,c\n7,2,a\n9,4,b\n", true, "unnamed_column").Shape);
    }

    [Theory]
    [InlineData("", "no name")]
    [InlineData("Unnamed: 0", "the name 'Unnamed: 0'")]
    public void A_column_without_name(string name, string named)
    {
        var text = $"{name},x,c\n7,2,a\n9,4,b\n";

        Assert.Equal(
            $"x.csv:1: column 1 has {named}, as pandas and R write row numbers: leave it out (to_csv(index=False), row.names = FALSE), "
                + "name it, or write allow: unnamed_column in the description if it is meant.",
            Refusal(text, true)
        );
        Assert.Equal([2], Read(text, true, "unnamed_column").Shape);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_column_that_counts_the_rows(int first)
    {
        var text = Rows(30, i => $"{i % 7},{i % 2},{first + i}");
        DataSet Labelled(params string[] allow) => ReadLabelled(text, "2", allow);

        Begins(
            $"x.csv:1: column 3 counts the rows from {first} on and would be a feature",
            data.Refusal(() => Labelled())
        );
        Assert.Equal([2], Labelled("row_numbers").Shape);
        Assert.Equal([1], Read(Rows(19, i => $"{i},{i % 2}")).Shape);
        Assert.Equal([1], Read(Rows(30, i => $"{i + (i / 29)},{i % 2}")).Shape);
    }

    [Fact]
    public void More_classes_than_half_of_twenty_rows_or_more()
    {
        var text = Rows(20, i => $"{i % 7},{(i < 11 ? i : 0)}.5");

        Assert.Equal(
            "x.csv has 11 classes in 20 rows, as if the label were a quantity to predict or an id: name another column or put values into "
                + "classes, or write allow: many_classes in the description if it is meant.",
            Refusal(text)
        );
        Assert.Equal(11, Read(text, allow: "many_classes").Classes);
        Assert.Equal(10, Read(Rows(20, i => $"{i % 7},{i % 10}")).Classes);
        Assert.Equal(19, Read(Rows(19, i => $"{i % 7},{i}")).Classes);
    }

    [Fact]
    public void Classes_are_compared_as_they_are_written()
    {
        Begins(
            "x.csv has the classes '9007199254740992' and '9007199254740993', which are one number in double precision",
            Refusal("1,9007199254740992\n2,9007199254740993\n")
        );
        Assert.Equal([0, 1, 0], Read("1,9007199254740992\n2,9007199254740994\n3,9007199254740992.0\n").Labels);
        Assert.Equal([1, 0, 1, 1, 0], Read("1,150\n1,-0\n2,1.5e2\n3,+0150.00\n4,0e9\n").Labels);
    }

    [Fact]
    public void A_byte_that_is_no_UTF_8() =>
        Assert.Equal(
            "x.csv:2:4: this byte is no UTF-8; save the file as UTF-8 text.",
            data.Refusal(() => Read([.. "1,Mai\n2,M"u8, 0xE4, .. "rz\n"u8]))
        );

    [Theory]
    [InlineData("1\0,a\n2,b\n", "x.csv:1: column 1 holds the control character U+0000, NUL; delete it.")]
    [InlineData(
        "1,a\n2,b\u001a",
        "x.csv:2: column 2 holds the control character U+001A, Ctrl-Z, by which DOS ended texts; delete it."
    )]
    [InlineData(
        "1,a\n2,b\n\u001a",
        "x.csv:3: column 1 holds the control character U+001A, Ctrl-Z, by which DOS ended texts; delete it."
    )]
    [InlineData("1,a\n2,b\u007f\n", "x.csv:2: column 2 holds the control character U+007F; delete it.")]
    [InlineData("1,a\n2,b\u0085c\n", "x.csv:2: column 2 holds the control character U+0085; delete it.")]
    public void A_control_character(string text, string sentence) => Assert.Equal(sentence, Refusal(text));

    [Theory]
    [InlineData("1,a\n2,b\n\n")]
    [InlineData("1,a\r\n2,b\r\n\r\n \r\n\r\n")]
    [InlineData("1,a\n2,b")]
    public void Empty_lines_at_the_end_are_none(string text) => Assert.Equal([0, 1], Read(text).Labels);

    [Theory]
    [InlineData("\n1,a\n2,b\n", 1)]
    [InlineData("1,a\n\n\n2,b\n", 2)]
    [InlineData("1,\"a\nb\"\n \n2,b\n", 3)]
    public void An_empty_line_elsewhere_is_refused(string text, int line) =>
        Assert.Equal($"x.csv:{line}: the line is empty; delete it.", Refusal(text));

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void A_row_is_named_by_its_line_though_fields_have_several(string end)
    {
        var text = string.Join(end, "1,a", "2,\"b", "b", "b\"", "bad,a", "");

        Assert.Equal("x.csv:5: 'bad' in column 1 is not a number.", Refusal(text));
    }

    [Fact]
    public void A_class_of_the_test_file_is_named_by_its_line_too()
    {
        data.Folder.WriteRaw("x.csv", "1,\"a\na\"\n2,b\n"u8.ToArray());
        data.Folder.WriteRaw("test.csv", "1,\"a\na\"\n2,c\n"u8.ToArray());

        Assert.Equal(
            "test.csv:3: the class 'c' is none of the training file's.",
            data.Refusal(() => data.Read("csv", ["x.csv"], ["test.csv"]))
        );
    }

    [Fact]
    public void A_field_is_at_most_64_KiB_long_and_is_quoted_in_short()
    {
        var most = new string('a', 65_536);

        Assert.Equal(2, Read($"1,{most}\n2,b\n").Classes);
        Assert.Equal(
            $"x.csv:1: column 2 is 65,537 bytes long, '{most[..60]}…'; 65,536 are the most, "
                + "so that commas, line breaks or a closing quote are probably missing.",
            Refusal($"1,{most}a\n2,b\n")
        );
        Assert.Equal($"x.csv:2: '{most[..60]}…' in column 1 is not a number.", Refusal($"1,a\n{most},b\n"));
    }

    [Fact]
    public void A_row_without_end_is_refused_before_it_fills_the_memory()
    {
        data.Folder.Write("x.csv.gz", [.. "1,a\n"u8, .. new byte[200 << 20]]);
        var before = GC.GetTotalAllocatedBytes();

        Begins("x.csv.gz:2: the row is longer than 64 MiB", data.Refusal(() => data.Read("csv", ["x.csv.gz"])));
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 1 << 29);
    }

    [Fact]
    public void What_was_read_is_told()
    {
        var read = Read("n,c\n1,b\n2,a\n", true);

        Assert.Equal("a header, class in column 2 ('c')", read.ReadAs);
        Assert.Equal(["a", "b"], read.ClassNames!);
        Assert.Equal("no header, class in column 2", Read("1,b\n2,a\n").ReadAs);
    }

    [Fact]
    public void Reading_ends_when_it_is_asked_to()
    {
        data.Folder.Write("x.csv", Enumerable.Range(0, 100_000).Select(i => $"{i},{i % 2}"));
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();

        Assert.Throws<OperationCanceledException>(() =>
            DescribedDataSet.Read(
                new() { Format = "csv", Training = ["x.csv"] },
                [data.Folder.PathOf("x.csv")],
                [],
                cancellation.Token
            )
        );
    }

    private static void Begins(string sentence, string refusal) =>
        Assert.StartsWith(sentence, refusal, StringComparison.Ordinal);

    private static string Rows(int count, Func<int, string> row) =>
        string.Concat(Enumerable.Range(0, count).Select(i => row(i) + "\n"));

    private string Refusal(string text, bool hasHeader = false) => data.Refusal(() => Read(text, hasHeader));

    private DataSet Read(string text, bool hasHeader = false, params string[] allow) =>
        Read(Encoding.UTF8.GetBytes(text), hasHeader, null, allow);

    private DataSet ReadLabelled(string text, string label, string[] allow) =>
        Read(Encoding.UTF8.GetBytes(text), false, label, allow);

    private DataSet Read(byte[] bytes, bool hasHeader = false, string? label = null, params string[] allow)
    {
        data.Folder.WriteRaw("x.csv", bytes);
        return data.Read("csv", ["x.csv"], null, label, hasHeader, allow);
    }
}
