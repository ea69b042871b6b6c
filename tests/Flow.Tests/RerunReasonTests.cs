using Pipeline.Artifacts;
using Pipeline.Caching;
using Pipeline.Caching.Tests;

namespace Pipeline.Flow.Tests;

public sealed class RerunReasonTests : IDisposable
{
    private const string Slot = "train activation=relu seed=3";

    private readonly TemporaryCache folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_slot_that_was_never_run_is_new() => Assert.Equal("new", Why(TemporaryCache.Key()));

    [Fact]
    public void A_changed_parameter_is_named()
    {
        Run(TemporaryCache.Key());
        Assert.Equal("parameter epochs 15 → 20", Why(TemporaryCache.Key(epochs: 20)));
    }

    [Fact]
    public void Every_kind_of_component_is_named_by_its_kind()
    {
        Run(
            Key(
                code:
                [
                    new("Pipeline.Networks", Digest.Of("a")),
                    new("pkg:YamlDotNet", "16.3.0"),
                    new("activation/gelu", Digest.Of("b")),
                ]
            )
        );
        Assert.Equal(
            $"code Pipeline.Networks {Digest.Of("a")[..8]} → {Digest.Of("A")[..8]}",
            Why(
                Key(
                    code:
                    [
                        new("Pipeline.Networks", Digest.Of("A")),
                        new("pkg:YamlDotNet", "16.3.0"),
                        new("activation/gelu", Digest.Of("b")),
                    ]
                )
            )
        );
        Assert.Equal(
            "package YamlDotNet 16.3.0 → 16.3.1",
            Why(
                Key(
                    code:
                    [
                        new("Pipeline.Networks", Digest.Of("a")),
                        new("pkg:YamlDotNet", "16.3.1"),
                        new("activation/gelu", Digest.Of("b")),
                    ]
                )
            )
        );
        Assert.Equal(
            $"operation activation/gelu {Digest.Of("b")[..8]} → {Digest.Of("B")[..8]}",
            Why(
                Key(
                    code:
                    [
                        new("Pipeline.Networks", Digest.Of("a")),
                        new("pkg:YamlDotNet", "16.3.0"),
                        new("activation/gelu", Digest.Of("B")),
                    ]
                )
            )
        );
    }

    [Fact]
    public void Inputs_and_backends_are_named()
    {
        Run(Key(inputs: [new("data", Digest.Of("a"))], backend: [new("device", "cpu")]));
        Assert.Equal(
            $"input data {Digest.Of("a")[..8]} → {Digest.Of("b")[..8]}, backend device cpu → cuda",
            Why(Key(inputs: [new("data", Digest.Of("b"))], backend: [new("device", "cuda")]))
        );
    }

    [Fact]
    public void What_came_and_what_went_is_named()
    {
        Run(Key("""{"warmup":5}"""));
        Assert.Equal(
            "parameter optimizer added (sgd), parameter warmup removed (5)",
            Why(Key("""{"optimizer":"sgd"}"""))
        );
    }

    [Fact]
    public void Long_values_are_cut_and_many_changes_are_counted()
    {
        Run(Key("""{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1}"""));
        Assert.Equal(
            "parameter a 1 → 2, parameter b 1 → 2, parameter c 1 → 2, parameter d 1 → 2, parameter e 1 → 2 and 2 more",
            Why(Key("""{"a":2,"b":2,"c":2,"d":2,"e":2,"f":2,"g":2}"""))
        );
        Run(Key($$"""{"a":"{{new string('x', 60)}}"}"""));
        Assert.Equal($"parameter a {new string('x', 39)}… → y", Why(Key("""{"a":"y"}""")));
    }

    [Fact]
    public void A_result_that_was_removed_is_told_from_one_that_was_damaged()
    {
        var key = TemporaryCache.Key();
        var manifest = Run(key);
        File.AppendAllText(folder.PathOf("ac", key.Digest), "x");
        Assert.Equal("its cached result was damaged", Why(key));
        Assert.Equal("its cached result was removed", Why(key));
        Run(key);
        File.Delete(folder.PathOf("cas", manifest.Outputs["result"].Digest));
        Assert.Equal("its cached result was removed", Why(key));
    }

    [Fact]
    public void A_change_against_a_key_of_which_nothing_is_left_is_just_that()
    {
        var key = TemporaryCache.Key();
        Run(key);
        File.Delete(folder.PathOf("ac", key.Digest));
        Assert.Equal("changed since its last run, of which no record is left", Why(TemporaryCache.Key(epochs: 20)));
    }

    [Fact]
    public void A_changed_key_is_explained_though_its_old_outputs_are_gone()
    {
        File.Delete(folder.PathOf("cas", Run(TemporaryCache.Key()).Outputs["result"].Digest));
        Assert.Equal("parameter epochs 15 → 20", Why(TemporaryCache.Key(epochs: 20)));
    }

    private static StageKey Key(
        string parameters = "{}",
        KeyValuePair<string, string>[]? inputs = null,
        KeyValuePair<string, string>[]? code = null,
        KeyValuePair<string, string>[]? backend = null
    ) => new("train", parameters, KeyPart.Of(inputs ?? []), KeyPart.Of(code ?? []), KeyPart.Of(backend ?? []));

    private Manifest Run(StageKey key)
    {
        var manifest = folder.Store(key);
        var history = folder.Cache.History("study");
        history.Note(Slot, key.Digest);
        history.Save();
        return manifest;
    }

    private string Why(StageKey key)
    {
        var cache = folder.Open();
        Assert.False(cache.TryGet(key.Digest, out _, out var miss));
        return RerunReason.Of(key, miss, cache.History("study").LastKey(Slot), cache);
    }
}
