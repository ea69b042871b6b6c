using Pipeline.Artifacts;

namespace Pipeline.Flow.Tests;

public sealed class EvaluatorTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("evaluator-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_is_made_of_an_input_that_changed_meanwhile_is_not_kept()
    {
        var file = new EditedFile { Content = "before" };

        var refusal = Assert.Throws<PipelineException>(() =>
            Evaluator().Evaluate(Reading(file, () => file.Content = "after"))
        );

        Assert.Equal(
            "dataset it: rows.csv was changed while it was read, and nothing is kept of it: run the command again.",
            refusal.Message
        );
        Assert.Empty(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories));
        Assert.NotNull(Evaluator().Evaluate(Reading(file, () => { })).Digest);
    }

    [Fact]
    public void What_is_made_of_an_input_that_stayed_is_found_again()
    {
        var (file, reads) = (new EditedFile { Content = "before" }, 0);

        var made = Evaluator().Evaluate(Reading(file, () => reads++)).Digest;

        Assert.Equal(made, Evaluator().Evaluate(Reading(file, () => reads++)).Digest);
        Assert.Equal(1, reads);
    }

    private Evaluator Evaluator() =>
        new(new(folder, _ => { }, TimeProvider.System), "study", Mode.Run, forced: null, TextWriter.Null);

    private static Stage Reading(EditedFile file, Action meanwhile) =>
        new()
        {
            Name = "dataset",
            Slot = "dataset it",
            Inputs = [file],
            Write = (_, target) =>
            {
                target.WriteByte(1);
                meanwhile();
            },
        };

    private sealed record EditedFile() : StageInput("file")
    {
        public required string Content { get; set; }

        public override string? AddTo(List<KeyValuePair<string, string>> entries, Evaluator evaluator)
        {
            entries.Add(new("rows.csv", Digest.Of(Content)));
            return null;
        }
    }
}
