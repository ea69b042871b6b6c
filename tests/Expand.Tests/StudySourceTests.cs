using Pipeline.Stages.Expand;

namespace Pipeline.Expand.Tests;

public sealed class StudySourceTests : IDisposable
{
    private readonly StudyFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_missing_file_is_refused() => Assert.Equal("x.yaml: there is no such file.", LoadingRefused("x.yaml"));

    [Fact]
    public void A_folder_is_refused()
    {
        Directory.CreateDirectory(folder.PathOf("x"));

        Assert.Equal("x: this is no file, but a folder, a pipe or a device; name a file.", LoadingRefused("x"));
    }

    [Fact]
    public void A_file_name_that_no_folder_of_results_can_bear_is_refused() =>
        Assert.Equal(
            "my study.yaml: the name of a study's file holds only letters, digits, '-' and '_', such as my-study.yaml.",
            LoadingRefused("my study.yaml")
        );

    [Fact]
    public void Bytes_that_are_no_utf8_are_refused_at_their_place()
    {
        File.WriteAllBytes(folder.PathOf("x.yaml"), [.. "title: É\nsource: "u8, 0xE9, .. "\n"u8]);

        Assert.Equal("x.yaml:2:9: this byte is no UTF-8; save the file as UTF-8 text.", LoadingRefused("x.yaml"));
    }

    [Fact]
    public void A_file_of_more_than_a_megabyte_is_refused()
    {
        folder.Write("x.yaml", "# " + new string('x', 1_000_000));

        Assert.Equal(
            "x.yaml: the file is longer than 1,000,000 bytes; a study is a short text.",
            LoadingRefused("x.yaml")
        );
    }

    [Theory]
    [InlineData("extends: base.yaml\n", "x.yaml:1:1: there is no file base.yaml.")]
    [InlineData("title: A\nextends: no/base.yaml # soon\n", "x.yaml:2:1: there is no file no/base.yaml.")]
    [InlineData(
        "extends:\n",
        "x.yaml:1:1: extends names no file; write it on the same line, such as extends: base/mlp.yaml."
    )]
    [InlineData(
        "extends: base\\mlp.yaml\n",
        "x.yaml:1:1: extends takes a path relative to this file, with '/' between folders, such as base/mlp.yaml."
    )]
    [InlineData(
        "extends: /base/mlp.yaml\n",
        "x.yaml:1:1: extends takes a path relative to this file, with '/' between folders, such as base/mlp.yaml."
    )]
    [InlineData(
        "extends: x.yaml\n",
        "x.yaml:1:1: extends leads back to x.yaml, so that the files extend one another in a circle."
    )]
    public void A_base_that_can_not_be_read_is_refused(string text, string message)
    {
        folder.Write("x.yaml", text);

        Assert.Equal(message, LoadingRefused("x.yaml"));
    }

    [Fact]
    public void A_longer_circle_is_refused_where_it_closes()
    {
        folder.Write("x.yaml", "extends: base/a.yaml\n");
        folder.Write("base/a.yaml", "# a\nextends: b.yaml\n");
        folder.Write("base/b.yaml", "extends: ../x.yaml\n");

        Assert.Equal(
            "base/b.yaml:1:1: extends leads back to base/../x.yaml, so that the files extend one another in a circle.",
            LoadingRefused("x.yaml")
        );
    }

    [Fact]
    public void A_chain_of_more_than_sixteen_files_is_refused()
    {
        folder.Write("x.yaml", "extends: f0.yaml\n");
        for (var i = 0; i < 20; i++)
            folder.Write($"f{i}.yaml", $"extends: f{i + 1}.yaml\n");

        Assert.Equal("f14.yaml:1:1: more than 16 files extend one another.", LoadingRefused("x.yaml"));
    }

    [Fact]
    public void The_digest_changes_with_the_bytes_of_every_file_of_the_chain()
    {
        folder.Write("base/a.yaml", "seeds: 5\n");
        folder.Write("x.yaml", "extends: base/a.yaml\n");
        var first = folder.Load().Digest;

        folder.Write("base/a.yaml", "seeds: 6\n");
        var second = folder.Load().Digest;
        folder.Write("x.yaml", "extends: base/a.yaml\n# a comment\n");
        var third = folder.Load().Digest;

        Assert.Equal(3, new HashSet<string>(StringComparer.Ordinal) { first, second, third }.Count);
    }

    [Fact]
    public void The_digest_does_not_depend_on_where_the_files_lie()
    {
        folder.Write("x.yaml", "extends: base.yaml\n");
        folder.Write("base.yaml", "seeds: 5\n");
        folder.Write("other/y.yaml", "extends: base.yaml\n");
        folder.Write("other/base.yaml", "seeds: 5\n");

        Assert.Equal(folder.Load().Digest, folder.Load("other/y.yaml").Digest);
    }

    private string LoadingRefused(string file) =>
        folder.Shortened(Assert.Throws<StudyException>(() => folder.Load(file)));
}
