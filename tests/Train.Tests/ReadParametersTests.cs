using Pipeline.Artifacts;
using Pipeline.Stages.Preprocess;
using Pipeline.Stages.Train;

namespace Pipeline.Train.Tests;

public sealed class ReadParametersTests
{
    private static readonly string[] OfPreprocess = ["preprocessing", "split.test", "split.validation"];

    private static readonly Parameters Whole = Parameters.Of(
        Spec.Base.Keys.Concat(OfPreprocess).Append("dataset").Select(key => KeyValuePair.Create(key, Scalar.Of(0L))));

    // The data set comes in by content: renaming it is no reason to run anything again.
    [Fact]
    public void Every_parameter_but_the_data_sets_name_is_read_by_a_stage() =>
        Assert.Equal(["dataset"], Whole.Where(key => !Preprocessor.Reads(key) && !Trainer.Reads(key)).Keys);

    [Fact]
    public void Only_the_seed_is_read_by_both_stages() =>
        Assert.Equal(["seed"], Whole.Where(key => Preprocessor.Reads(key) && Trainer.Reads(key)).Keys);

    [Fact]
    public void Train_reads_what_preprocess_leaves() => Assert.Equal(Spec.Base.Keys, Whole.Where(Trainer.Reads).Keys);

    // A parameter that is new and forgotten here must at least be part of the key.
    [Fact]
    public void Train_reads_what_no_one_knows() => Assert.True(Trainer.Reads("model.heads"));
}
