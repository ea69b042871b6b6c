using System.Text;
using Pipeline.Artifacts;
using Pipeline.Stages.Expand;

namespace Pipeline.Expand.Tests;

/// <summary>Whatever stands in a study or an option, the answer is a plan or a sentence that names the place.</summary>
public sealed class MutationTests : IDisposable
{
    private const string Study = """
        # A study that uses all of the format.
        title: "Activation \u00d7 initialization"
        extends: base.yaml
        question: >
          Which of them
          train?
        default: true
        fixed:
          model: {kind: mlp, depth: 6, width: 64}
          preprocessing: [center, 'scale_to_range(0, 1)']
        scientific:
          activation: &list [relu, leaky_relu(0.2), tanh]
          initialization:
            - normal(1e-2)
            - he_normal
        nuisance:
          learning_rate: [0.003, .1]
          optimizer.weight_decay: {quasi_random: 'log(1e-5, 0.1)', points: 3}
        seeds: [0, 1, 5]
        exclude: [{activation: tanh, initialization: [he_normal]}, {activation: [relu], model.depth: 6}]
        claims:
          - {says: A, source: B, basis: theory, metric: test_loss, left: {activation: tanh, initialization: best}, below: {activation: leaky_relu(0.2)}, by: 0.1}
          - {says: B, source: B, basis: pilot, metric: 'epochs_to(train_loss, 0.5)', left: {activation: tanh, initialization: normal(0.01)}, within: [1, 16]}

        """;

    private const string Base =
        "dataset: digits\nfixed:\n  optimizer: {kind: sgd, momentum: 0.9}\n  batch_size: 64\n  epochs: 15\nseeds: 5\n";

    private static readonly string[] Pieces =
    [
        "\n",
        " ",
        "  ",
        "\t",
        "\r",
        "\0",
        ":",
        ": ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "#",
        "&a ",
        "*a",
        "*list",
        "!",
        "|",
        ">",
        "'",
        "\"",
        "\\",
        "\\U",
        "%",
        "---\n",
        "...\n",
        "?",
        "<<: ",
        "extends: ",
        "extends: x.yaml\n",
        "title: ",
        "epochs: ",
        "true",
        "~",
        "1e999",
        "-0",
        "010",
        "(",
        ")",
        "+",
        "\u2028",
        "\uFEFF",
        "\uD83D\uDE00",
        "99999999999999999999",
        "model.",
    ];

    private readonly StudyFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_study_itself_is_understood()
    {
        Write(Study, Base);

        Assert.Equal(3 * 2 * 3 * 3, folder.Expand().RunCount);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_mutated_study_is_planned_or_refused_with_a_place(int seed)
    {
        var random = new Random(seed);
        var refused = 0;
        for (var i = 0; i < 300; i++)
        {
            Write(Mutate(Study, random), random.Next(4) == 0 ? Mutate(Base, random) : Base);
            refused += IsRefused(StudyOverrides.None, "x.yaml", "base.yaml") ? 1 : 0;
        }
        Assert.InRange(refused, 150, 299);
    }

    [Fact]
    public void A_mutated_option_is_understood_or_refused_with_its_text()
    {
        var random = new Random(5);
        Write(Study, Base);
        var refused = 0;
        for (var i = 0; i < 1000; i++)
        {
            var overrides = random.Next(3) switch
            {
                0 => new StudyOverrides([Mutate("activation=relu,leaky_relu(0.2)", random)], []),
                1 => new StudyOverrides([], [Mutate("seeds=[1, 2]", random)]),
                _ => new StudyOverrides([], [Mutate("preprocessing=center", random)]),
            };
            refused += IsRefused(overrides, "--only=", "--set=") ? 1 : 0;
        }
        Assert.InRange(refused, 500, 999);
    }

    [Fact]
    public void What_is_quoted_of_a_study_fills_no_page()
    {
        Write(
            Study.Replace("metric: test_loss", $"metric: 'test_{new string('(', 5000)}'", StringComparison.Ordinal),
            Base
        );

        var message = folder.Refusal();

        Assert.StartsWith("x.yaml:22:", message, StringComparison.Ordinal);
        Assert.EndsWith("(((….", message, StringComparison.Ordinal);
        Assert.InRange(message.Length, 100, 1600);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        var random = new Random(6);
        for (var i = 0; i < 300; i++)
        {
            var bytes = Encoding.UTF8.GetBytes(Study);
            bytes[random.Next(bytes.Length)] = (byte)random.Next(128, 256);
            File.WriteAllBytes(folder.PathOf("x.yaml"), bytes);

            Assert.True(IsRefused(StudyOverrides.None, "x.yaml"));
        }
    }

    private void Write(string study, string @base)
    {
        folder.Write("x.yaml", study);
        folder.Write("base.yaml", @base);
    }

    private bool IsRefused(StudyOverrides overrides, params string[] places)
    {
        try
        {
            Assert.NotEmpty(ArtifactEncoding.Encode(folder.Expand(overrides: overrides)));
            return false;
        }
        catch (StudyException e)
        {
            var message = folder.Shortened(e);
            Assert.Contains(places, place => message.StartsWith(place, StringComparison.Ordinal));
            Assert.EndsWith(".", message, StringComparison.Ordinal);
            return true;
        }
    }

    private static string Mutate(string text, Random random)
    {
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            var start = random.Next(text.Length);
            var length = Math.Min(random.Next(1, 12), text.Length - start);
            text = random.Next(5) switch
            {
                0 => text.Remove(start, length),
                1 => text.Insert(start, Pieces[random.Next(Pieces.Length)]),
                2 => text.Remove(start, 1).Insert(start, Pieces[random.Next(Pieces.Length)]),
                3 => text.Insert(random.Next(text.Length), text.Substring(start, length)),
                _ => text.Insert(
                    start,
                    string.Concat(Enumerable.Repeat(text.Substring(start, length), random.Next(2, 40)))
                ),
            };
            if (text.Length == 0)
                return text;
        }
        return text;
    }
}
