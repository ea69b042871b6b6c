namespace Pipeline.Tests;

public sealed class DataSetTests : IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public void A_changed_transform_reruns_the_cells_of_its_chain_only()
    {
        Chains("standardize", "center+whiten_pca(0.1)", "center+whiten_zca(0.1)");
        workspace.Run("--target=Report").Succeeded();

        Chains("standardize", "center+whiten_pca(0.2)", "center+whiten_zca(0.1)");

        Assert.Equal("plan: 16 of 48 runs to do, 5 stages to do", workspace.Run("--target=Plan").Line("plan"));
        Assert.Equal("train: 16 run, 32 cached, 0 diverged, 0 failed", workspace.Run("--target=Report").Line("train"));
    }

    [Fact]
    public void A_report_shows_images_before_and_after_each_chain()
    {
        Chains("none", "pca(20)", "whiten_zca(0.1)");

        workspace.Run("--target=Report").Succeeded();

        Assert.Contains("](samples-digits.svg)", workspace.Read("results/small/README.md"), StringComparison.Ordinal);
        var picture = workspace.Read("results/small/samples-digits.svg");
        Assert.Contains("after pca(20)", picture, StringComparison.Ordinal);
        Assert.Contains("after whiten_zca(0.1)", picture, StringComparison.Ordinal);
        Assert.DoesNotContain("after none", picture, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_of_data_without_images_has_no_pictures()
    {
        workspace.Edit("experiments/small.yaml", "dataset: digits", "dataset: gaussian-blobs(3,5,300,4,0.5)");

        workspace.Run("--target=Report").Succeeded();

        Assert.DoesNotContain(
            workspace.Files("results/small"),
            file => file.Name.StartsWith("samples-", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_users_own_data_set_is_described_beside_its_files()
    {
        Iris("0.1");

        workspace.Run("--target=Report").Succeeded();
        Assert.Equal("train: 0 run, 16 cached, 0 diverged, 0 failed", workspace.Run("--target=Train").Line("train"));

        // What a data set is, is its content: a value written otherwise changes nothing, another value does.
        Iris("0.10");
        Assert.Equal("train: 0 run, 16 cached, 0 diverged, 0 failed", workspace.Run("--target=Train").Line("train"));
        Iris("0.2");
        Assert.Equal("train: 16 run, 0 cached, 0 diverged, 0 failed", workspace.Run("--target=Train").Line("train"));
    }

    [Fact]
    public void Data_in_the_folder_that_the_command_names_come_first()
    {
        Iris("0.1");
        workspace.Run("--target=Train").Succeeded();
        Directory.CreateDirectory(workspace.PathOf("mine"));
        File.Move(workspace.PathOf("experiments/data/iris.yaml"), workspace.PathOf("mine/iris.yaml"));
        File.Move(workspace.PathOf("experiments/data/iris.csv"), workspace.PathOf("mine/iris.csv"));

        Assert.Equal(
            "train: 0 run, 16 cached, 0 diverged, 0 failed",
            workspace.Run("--target=Train", $"--data={workspace.PathOf("mine")}").Line("train")
        );
        Assert.Contains("there is no data set 'iris'", workspace.Run("--target=Train").Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("  batch_size: 64", "  batch_size: 64\n  split: {validation: 0.0001}", "10:11", "0 to validate")]
    [InlineData(
        "  batch_size: 64",
        "  batch_size: 200",
        "9:3",
        "batch_size is 200, but there are only 141 training rows"
    )]
    [InlineData("  batch_size: 64", "  batch_size: 1", "9:3", "batch_size is 1, but batch normalizes")]
    public void Too_few_rows_are_told_by_place_before_any_run_once_the_data_are_read(
        string from,
        string to,
        string place,
        string sentence
    )
    {
        Iris("0.1");
        workspace.Edit("experiments/small.yaml", from, to);
        Assert.Equal(0, workspace.Run("--target=Plan").ExitCode);

        var outcome = workspace.Run("--target=Report");

        var told = $"experiments/small.yaml:{place}: with the data set iris, ";
        Assert.Contains(told, outcome.Error, StringComparison.Ordinal);
        Assert.Contains(sentence, outcome.Error, StringComparison.Ordinal);
        Assert.Contains("data: iris: 201 rows, 2 features, 2 classes", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("train:", outcome.Output, StringComparison.Ordinal);
        Assert.Contains(told, workspace.Run("--target=Plan").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_row_of_too_small_a_default_is_told_at_the_data_set()
    {
        Iris("0.1");
        workspace.Write("experiments/data/iris.csv", "length,width,species\n1,2,a\n2,3,b\n3,4,a\n4,5,b\n");

        Assert.Contains(
            "experiments/small.yaml:4:1: with the data set iris, split.validation and split.test leave ",
            workspace.Run("--target=Report").Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "--set=split.validation=0.01: with the data set iris, split.validation and split.test leave ",
            workspace.Run("--target=Report", "--set=split.validation=0.01").Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_data_set_is_told_when_it_is_decoded_and_not_again()
    {
        const string Line =
            "data: digits: 1,797 rows, images of 8 × 8, 10 classes (0: 178, 1: 182, 2: 177, 3: 183, 4: 181, 5: 182, 6: 181, 7: 179, "
            + "8: 174, 9: 180); from ";

        Assert.Contains(
            Line + workspace.PathOf("experiments/data"),
            workspace.Run("--target=Preprocess").Output,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("data: ", workspace.Run("--target=Report").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_description_that_no_study_can_name_is_no_matter()
    {
        workspace.Write("experiments/data/compose.dev.yaml", "services: {}\n");
        workspace.Write("experiments/data/compose.yaml", "services: {}\n");

        workspace.Run("--target=Preprocess").Succeeded();
        Assert.Contains(
            "compose.yaml:1:1: a data set has no key 'services'",
            workspace.Run("--target=Doctor").Succeeded(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("separator: ;\nformat: csv\ntraining: iris.csv\n", "iris.yaml:1:1")]
    [InlineData("format: csv\ntraining: other.csv\n", "other.csv")]
    [InlineData("format: csv\ntraining: iris.csv\nheader: true\nlabel: spezies\n", "species")]
    public void A_wrong_description_is_told_in_a_sentence(string description, string hint)
    {
        Iris("0.1");
        workspace.Write("experiments/data/iris.yaml", description);

        var outcome = workspace.Run("--target=Train");

        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains(hint, outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_value_is_named_by_row_and_column()
    {
        Iris("");

        Assert.Contains("iris.csv:2", workspace.Run("--target=Train").Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "center_channels",
        "dataset: wine",
        "center_channels needs images, but a sample has the shape [13]: use center"
    )]
    [InlineData("pca(65)", "dataset: digits", "pca asks for 65 components, but there are 64 features: ask for fewer")]
    [InlineData("pca(64)", "dataset: digits", "only: ask for fewer.")]
    [InlineData("pad_crop_flip+center", "dataset: digits", "put it before what changes them")]
    public void A_chain_that_cannot_be_is_told_in_a_sentence(string chain, string dataset, string hint)
    {
        workspace.Edit("experiments/small.yaml", "dataset: digits", dataset);
        workspace.Edit("experiments/small.yaml", "preprocessing: standardize", $"preprocessing: {chain}");

        var outcome = workspace.Run("--target=Report");

        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains(hint, outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(workspace.Files("results"));
    }

    [Fact]
    public void Networks_are_checked_against_the_shape_that_a_chain_leaves()
    {
        workspace.Edit(
            "experiments/small.yaml",
            "model: {kind: mlp, depth: 2, width: 16}",
            "model: {kind: cnn, depth: 1, width: 4}"
        );
        Assert.Equal(0, workspace.Run("--target=Plan").ExitCode);

        workspace.Edit("experiments/small.yaml", "preprocessing: standardize", "preprocessing: flatten");

        Assert.Contains(
            "with preprocessing flatten a run can't be trained",
            workspace.Run("--target=Plan").Error,
            StringComparison.Ordinal
        );
    }

    private void Chains(params string[] chains)
    {
        var study = Workspace.Study.Replace("  preprocessing: standardize\n", "", StringComparison.Ordinal);
        workspace.Write(
            "experiments/small.yaml",
            study.Replace(
                "scientific:\n",
                $"scientific:\n  preprocessing: [{string.Join(", ", chains)}]\n",
                StringComparison.Ordinal
            )
        );
    }

    private void Iris(string value)
    {
        var rows = Enumerable.Range(0, 200).Select(i => $"{i % 7},{i % 3},{(i % 2 == 0 ? "setosa" : "versicolor")}");
        workspace.Write(
            "experiments/data/iris.csv",
            $"length,width,species\n{value},2,setosa\n{string.Join('\n', rows)}\n"
        );
        workspace.Write(
            "experiments/data/iris.yaml",
            "format: csv\ntraining: iris.csv\nheader: true\nlabel: species\n"
        );
        var study = Workspace.Study.Replace("dataset: digits", "dataset: iris", StringComparison.Ordinal);
        workspace.Write("experiments/small.yaml", study);
    }
}
