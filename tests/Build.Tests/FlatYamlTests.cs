using Pipeline.Artifacts;

namespace Pipeline.Build.Tests;

public sealed class FlatYamlTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("yaml-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string File => Path.Combine(folder, "slurm.yaml");

    [Fact]
    public void A_file_gives_texts_under_names() =>
        Assert.Equal(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["time"] = "1-12",
                ["cpus"] = "8",
                ["extra"] = "--mem=4G # no comment",
            },
            Read("time: 1-12\n\n# a comment\ncpus: 8 # another\nextra: '--mem=4G # no comment'\n")
        );

    [Fact]
    public void A_file_that_is_not_there_gives_nothing() => Assert.Empty(FlatYaml.Read(File, ["time"]));

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("# partition: gpu\n")]
    public void An_empty_file_gives_nothing(string text) => Assert.Empty(Read(text));

    [Theory]
    [InlineData("gpu\n")]
    [InlineData("- time: 1\n")]
    [InlineData("time: 1\n---\ncpus: 2\n")]
    public void A_file_of_another_form_is_refused(string text) =>
        AssertRefused($"{File}: write a name and a value a line, such as 'partition: gpu'.", text);

    [Theory]
    [InlineData("cpus: 8\ntimes: 1\n", "times")]
    [InlineData("cpus: 8\nTime: 1\n", "Time")]
    public void Another_name_is_refused_with_those_that_are_there(string text, string name) =>
        AssertRefused($"{File}:2: there is no option {name}; there is time, cpus, extra.", text);

    [Theory]
    [InlineData("time:\n")]
    [InlineData("time: ''\n")]
    [InlineData("time: [1, 2]\n")]
    [InlineData("time:\n  cpus: 1\n")]
    public void A_name_has_one_value(string text) =>
        AssertRefused($"{File}:1: time has no value, or more than one: write 'time: …'.", text);

    [Theory]
    [InlineData("time: 1\ncpus: 'open\n")]
    [InlineData("time: 1\ntime: 2\n")]
    public void What_is_no_YAML_is_refused_with_its_place(string text) =>
        Assert.StartsWith(
            $"{File}:2:",
            Assert.Throws<PipelineException>(() => Read(text)).Message,
            StringComparison.Ordinal
        );

    private void AssertRefused(string sentence, string text) =>
        Assert.Equal(sentence, Assert.Throws<PipelineException>(() => Read(text)).Message);

    private IReadOnlyDictionary<string, string> Read(string text)
    {
        System.IO.File.WriteAllText(File, text);
        return FlatYaml.Read(File, ["time", "cpus", "extra"]);
    }
}
