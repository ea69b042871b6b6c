using Pipeline.Artifacts;
using Pipeline.Executors.Workers;

namespace Pipeline.Executors.Tests.Workers;

public sealed class TorchDevicesTests
{
    private static readonly string[] None = [];
    private static readonly string[] Two = ["Model A", "Model A"];
    private static readonly string[] Mixed = ["Model A", "Model B"];

    [Theory]
    [InlineData(null)]
    [InlineData("cpu")]
    [InlineData("auto")]
    public void Without_a_GPU_runs_are_on_the_CPU(string? device)
    {
        var devices = TorchDevices.Of(device, numbers: null, () => None);

        Assert.Equal(["cpu"], devices.Names);
        Assert.Equal("cpu", devices.Model);
        Assert.False(devices.AreGpus);
    }

    [Fact]
    public void A_GPU_is_taken_where_it_is_asked_for_only()
    {
        Assert.False(TorchDevices.Of(device: null, numbers: null, () => Two).AreGpus);
        Assert.False(TorchDevices.Of("cpu", numbers: null, () => Two).AreGpus);
        Assert.Equal(["cuda:0"], TorchDevices.Of("auto", numbers: null, () => Two).Names);
        Assert.Equal(["cuda:0"], TorchDevices.Of("cuda", numbers: null, () => Two).Names);
        Assert.Equal(["cuda:1"], TorchDevices.Of("cuda:1", numbers: null, () => Two).Names);
    }

    [Fact]
    public void Several_are_named_by_numbers_and_are_of_one_model()
    {
        var devices = TorchDevices.Of("cuda", "0,1", () => Two);

        Assert.Equal(["cuda:0", "cuda:1"], devices.Names);
        Assert.Equal("Model A", devices.Model);
        Assert.Equal("Model B", TorchDevices.Of("cuda:1", numbers: null, () => Mixed).Model);
    }

    [Theory]
    [InlineData("gpu", null, "--device=gpu is not possible: it is cpu, cuda, cuda:<n> or auto.")]
    [InlineData("cuda:x", null, "--device=cuda:x is not possible: it is cpu, cuda, cuda:<n> or auto.")]
    [InlineData("cuda:2", null, "There is no GPU 2 here: nvidia-smi lists 2, from 0.")]
    [InlineData(null, "0,0", "--devices=0,0 is not possible: write numbers of GPUs such as 0,1.")]
    [InlineData(null, "0;1", "--devices=0;1 is not possible: write numbers of GPUs such as 0,1.")]
    [InlineData("cpu", "0,1", "--devices=0,1 names GPUs, but --device=cpu: give one of them.")]
    [InlineData(
        null,
        "0,1",
        "--devices=0,1 are of several models (Model A, Model B), whose results may differ: choose GPUs of one."
    )]
    public void What_is_not_there_is_refused_in_a_sentence(string? device, string? numbers, string sentence) =>
        Assert.Equal(
            sentence,
            Assert.Throws<PipelineException>(() => TorchDevices.Of(device, numbers, () => Mixed)).Message
        );

    [Theory]
    [InlineData(null, "A B C")]
    [InlineData("1", "B")]
    [InlineData("2, 0", "C A")]
    [InlineData("GPU-b", "B")]
    [InlineData("GPU-c9,GPU-a", "C A")]
    [InlineData("0,7,1", "A")]
    [InlineData("", "")]
    [InlineData("-1", "")]
    public void CUDA_counts_those_that_its_variable_leaves(string? visible, string expected) =>
        Assert.Equal(
            expected,
            string.Join(' ', TorchDevices.Visible(["0, GPU-a1, A", "1, GPU-b5, B", "2, GPU-c9, C"], visible))
        );

    [Theory]
    [InlineData("cpu")]
    [InlineData("auto")]
    [InlineData("cuda:1")]
    [InlineData("banana")]
    public void Two_options_may_not_name_different_devices(string device) =>
        Assert.Equal(
            $"--devices=0,1 names GPUs, but --device={device}: give one of them.",
            Assert.Throws<PipelineException>(() => TorchDevices.Of(device, "0,1", () => Mixed)).Message
        );

    [Fact]
    public void Without_a_driver_the_sentence_says_so() =>
        Assert.Equal(
            "There is no GPU here, or its driver is missing (nvidia-smi lists none): choose --device=cpu.",
            Assert.Throws<PipelineException>(() => TorchDevices.Of("cuda", numbers: null, () => None)).Message
        );
}
