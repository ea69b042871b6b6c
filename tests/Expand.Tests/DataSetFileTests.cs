using Pipeline.Stages.Expand;
using Pipeline.Stages.Expand.DataSets;

namespace Pipeline.Expand.Tests;

public sealed class DataSetFileTests
{
    [Fact]
    public void A_csv_file_is_described_by_all_keys_or_by_two()
    {
        var full = Read("format: csv\ntraining: iris.csv\ntest: iris-test.csv\nlabel: species\nheader: true\n");

        Assert.Equal(("csv", "species", true), (full.Format, full.Label, full.HasHeader));
        Assert.Equal(["iris.csv"], full.Training);
        Assert.Equal(["iris-test.csv"], full.Test);

        var least = Read("training: iris.csv\nformat: csv\n");

        Assert.Null(least.Label);
        Assert.False(least.HasHeader);
        Assert.Empty(least.Test);
    }

    [Theory]
    [InlineData("", new string[0])]
    [InlineData("allow: many_classes\n", new[] { "many_classes" })]
    [InlineData("allow: [row_numbers, missing_labels, row_numbers]\n", new[] { "missing_labels", "row_numbers" })]
    public void What_is_allowed_is_a_name_or_a_list_of_names(string line, string[] allow) =>
        Assert.Equal(allow, Read($"format: csv\ntraining: iris.csv\n{line}").Allow);

    [Theory]
    [InlineData("label: 5", "5")]
    [InlineData("label: 1e1", "10")]
    [InlineData("header: true\nlabel: \"5\"", "5")]
    [InlineData("header: true\nlabel: ' a b '", "a b")]
    public void A_label_is_a_number_or_a_name(string lines, string label) =>
        Assert.Equal(label, Read($"format: csv\ntraining: iris.csv\n{lines}\n").Label);

    [Theory]
    [InlineData("idx", "[x.gz, y.gz]", "[tx.gz, ty.gz]")]
    [InlineData("npy", "[x.npy, y.npy]", "[tx.npy, ty.npy]")]
    [InlineData("cifar10", "[a.bin, b.bin, c.bin]", "t.bin")]
    public void Other_formats_name_as_many_files_as_they_need(string format, string training, string test)
    {
        var description = Read($"format: {format}\ntraining: {training}\ntest: {test}\n");

        Assert.Equal(training.Trim('[', ']').Split(", "), description.Training);
        Assert.Equal(test.Trim('[', ']').Split(", "), description.Test);
    }

    [Theory]
    [InlineData("", "iris.yaml:1:1: the file is empty.")]
    [InlineData(
        "- a\n",
        "iris.yaml:1:1: a data set is described by a map that begins with a key, such as format: csv."
    )]
    [InlineData(
        "format: csv\ntrainig: x.csv\n",
        "iris.yaml:2:1: a data set has no key 'trainig'; the nearest is 'training'."
    )]
    [InlineData("training: x.csv\n", "iris.yaml:1:1: the data set has no format; write a line such as format: csv.")]
    [InlineData(
        "format: csv\ntraining: x.csv\nallow: [many_class]\n",
        "iris.yaml:3:9: there is nothing to allow that is called 'many_class'; the nearest is 'many_classes'."
    )]
    [InlineData(
        "format: csv\ntraining: x.csv\nallow: true\n",
        "iris.yaml:3:8: allow expects one or several of missing_labels, unnamed_column, row_numbers, first_row_like_header, "
            + "header_of_numbers, decimal_commas, many_classes, class_gaps, not true."
    )]
    [InlineData("format: cvs\n", "iris.yaml:1:9: there is no format 'cvs'; the nearest is 'csv'.")]
    [InlineData(
        "format: parquet\n",
        "iris.yaml:1:9: there is no format 'parquet'; choose from csv, idx, npy, cifar10."
    )]
    [InlineData("format: [csv]\n", "iris.yaml:1:9: format expects csv, idx, npy or cifar10, not a list.")]
    [InlineData(
        "format: csv\n",
        "iris.yaml:1:1: the data set names no training rows; write a line such as training: iris.csv."
    )]
    [InlineData(
        "format: npy\n",
        "iris.yaml:1:1: the data set names no training rows; write a line such as training: [x.npy, y.npy]."
    )]
    [InlineData(
        "format: csv\ntraining: 5\n",
        "iris.yaml:2:11: training expects the name of a file or a list of names, not the number 5."
    )]
    [InlineData(
        "format: csv\ntraining:\n",
        "iris.yaml:2:10: training expects the name of a file or a list of names, not nothing."
    )]
    [InlineData(
        "format: csv\ntraining: {a: b}\n",
        "iris.yaml:2:11: training expects the name of a file or a list of names, not a map."
    )]
    [InlineData(
        "format: npy\ntraining: [x.npy, [y.npy]]\n",
        "iris.yaml:2:19: training expects the name of a file or a list of names, not a list."
    )]
    [InlineData(
        "format: csv\ntraining: x.csv\nlabel: 0\n",
        "iris.yaml:3:8: label expects a column's name or its number from 1, not the number 0."
    )]
    [InlineData(
        "format: csv\ntraining: x.csv\nlabel: 1.5\n",
        "iris.yaml:3:8: label expects a column's name or its number from 1, not the number 1.5."
    )]
    [InlineData(
        "format: csv\ntraining: x.csv\nlabel: [a]\n",
        "iris.yaml:3:8: label expects a column's name or its number from 1, not a list."
    )]
    [InlineData(
        "format: csv\ntraining: x.csv\nlabel: a\n",
        "iris.yaml:3:8: the name 'a' needs header: true, or give the column's number from 1."
    )]
    [InlineData(
        "format: csv\ntraining: x.csv\nheader: yes\n",
        "iris.yaml:3:9: header expects true or false, not the text 'yes'."
    )]
    [InlineData(
        "format: npy\ntraining: [a, b]\nlabel: 1\n",
        "iris.yaml:3:1: the format npy has no label; only csv has one."
    )]
    [InlineData(
        "format: idx\ntraining: [a, b]\nheader: false\n",
        "iris.yaml:3:1: the format idx has no header; only csv has one."
    )]
    [InlineData(
        "format: csv\ntraining: x.csv\ntest: x.csv\n",
        "iris.yaml:3:7: the file 'x.csv' stands twice; name each file once."
    )]
    [InlineData("format: npy\ntraining: [x, x]\n", "iris.yaml:2:11: the file 'x' stands twice; name each file once.")]
    public void A_description_that_is_none_is_refused_at_its_place(string text, string sentence) =>
        Assert.Equal(sentence, Refusal(text));

    [Theory]
    [InlineData("csv", "[a, b]", "one file, such as training: iris.csv, not 2 files")]
    [InlineData("csv", "[]", "one file, such as training: iris.csv, not 0 files")]
    [InlineData("idx", "a", "two files, features then labels, such as training: [images.idx, labels.idx], not 1 file")]
    [InlineData("npy", "[a, b, c]", "two files, features then labels, such as training: [x.npy, y.npy], not 3 files")]
    [InlineData("cifar10", "[]", "one file or more, such as training: [batch1.bin, batch2.bin], not 0 files")]
    public void Too_few_or_too_many_files_are_refused(string format, string files, string sentence) =>
        Assert.Equal(
            $"iris.yaml:2:11: training of the format {format} expects {sentence}.",
            Refusal($"format: {format}\ntraining: {files}\n")
        );

    [Theory]
    [InlineData("../x.csv")]
    [InlineData("a/x.csv")]
    [InlineData("/x.csv")]
    [InlineData("a\\x.csv")]
    [InlineData("c:x.csv")]
    [InlineData("..")]
    [InlineData(".")]
    public void A_file_elsewhere_is_refused(string file) =>
        Assert.Equal(
            $"iris.yaml:3:7: '{file}' leads elsewhere; a data set's files lie beside its description and are named without folder.",
            Refusal(
                $"format: csv\ntraining: x.csv\ntest: '{file}'\n".Replace(
                    "'" + file + "'",
                    $"\"{file.Replace("\\", "\\\\")}\""
                )
            )
        );

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        using var folder = new StudyFolder();

        var thrown = Assert.Throws<StudyException>(() => DataSetFile.Read(folder.PathOf("iris.yaml")));

        Assert.Equal("iris.yaml: there is no such file.", folder.Shortened(thrown));
    }

    private static Artifacts.DataSetDescription Read(string text)
    {
        using var folder = new StudyFolder();
        folder.Write("iris.yaml", text);
        return DataSetFile.Read(folder.PathOf("iris.yaml"));
    }

    private static string Refusal(string text)
    {
        using var folder = new StudyFolder();
        folder.Write("iris.yaml", text);
        return folder.Shortened(Assert.Throws<StudyException>(() => DataSetFile.Read(folder.PathOf("iris.yaml"))));
    }
}
